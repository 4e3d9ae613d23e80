#include "model/vpc.h"

#include "model/check.h"
#include "model/record_set.h"
#include "model/zone_merge.h"
#include "net/region.h"

#include <string.h>

enum { VPCS_MAX = 300 }; /* R53-PRIV-01 */

/* {0} VPC, {1} its Region, {2} zone id, {3} zone name */
static int32_t refuse(r53_report *report, int32_t code, int32_t rule, const char *aws_name,
                      const char *format, const r53_vpc *vpc, const char *zone_id,
                      const char *zone_name)
{
    return r53__remark(report,
                       &(struct remark){.code = code,
                                        .rule = rule,
                                        .aws_name = aws_name,
                                        .path = "VPC",
                                        .format = format,
                                        .args = {vpc && vpc->vpc_id ? vpc->vpc_id : "null",
                                                 vpc && vpc->vpc_region ? vpc->vpc_region : "null",
                                                 zone_id, zone_name}});
}

int32_t r53__vpc_check(const r53_vpc *vpc, r53_report *report)
{
    if (!vpc || !vpc->vpc_region || !r53__region_find(r53__span(vpc->vpc_region)))
        return refuse(report, R53_E_INVALID, RULE_R53_PRIV_01, "InvalidInput",
                      "'{1}' is not a known Region", vpc, NULL, NULL);
    if (!vpc->vpc_id || strncmp(vpc->vpc_id, "vpc-", 4) != 0)
        return refuse(report, R53_E_INVALID, RULE_R53_PRIV_01, "InvalidVPCId",
                      "'{0}' is not a VPC id", vpc, NULL, NULL);
    return R53_OK;
}

/* Place of the VPC among the zone's, or -1. */
static int32_t vpc_place(const struct zone *zone, const r53_vpc *vpc)
{
    for (uint32_t i = 0; i < zone->n_vpcs; i++) {
        if (strcmp(zone->vpcs[i].vpc_id, vpc->vpc_id) == 0 &&
            strcmp(zone->vpcs[i].vpc_region, vpc->vpc_region) == 0)
            return (int32_t)i;
    }
    return -1;
}

/* R53-PRIV-04: the same name alone conflicts; zones above or below it may share the VPC. */
int32_t r53__vpc_check_free(const struct r53_cloud *cloud, struct name name, const r53_vpc *vpc,
                            r53_report *report)
{
    const struct table *zones = &cloud->tables[CLOUD_ZONES];
    char printed[NAME_TEXT_MAX];

    for (size_t i = 0; i < zones->count; i++) {
        const struct zone *zone = r53__table_at(zones, (int32_t)i);

        if (!zone || !zone->is_private || !r53__name_equal(zone->name, name) ||
            vpc_place(zone, vpc) < 0)
            continue;
        r53__name_print(printed, name);
        return refuse(report, R53_E_INVALID, RULE_R53_PRIV_04, "ConflictingDomainExists",
                      "The VPC that you chose, {0} in region {1}, is already associated with "
                      "another private hosted zone that has an overlapping name space, {3}.",
                      vpc, NULL, printed);
    }
    return R53_OK;
}

/* The zone and the VPC are there and make sense. */
static int32_t request_check(const struct zone **zone, const r53_cloud *cloud, const char *zone_id,
                             const r53_vpc *vpc, r53_report *report)
{
    if (!cloud)
        return r53__remark(report, &(struct remark){.format = "no cloud given"});
    *zone = r53__cloud_zone(cloud, zone_id, report);
    return *zone ? r53__vpc_check(vpc, report) : R53_E_NOT_FOUND;
}

/* The same zone with other VPCs in place of the old ones. */
static int32_t zone_reseal(r53_cloud *cloud, const struct zone *old, const r53_vpc *vpcs,
                           uint32_t n_vpcs, r53_report *report)
{
    struct table *zones = &cloud->tables[CLOUD_ZONES];
    struct zone_header header;
    struct zone *sealed = NULL;
    int32_t err;

    r53__zone_header(&header, old);
    header.vpcs = vpcs;
    header.n_vpcs = n_vpcs;
    err = r53__zone_merge(&sealed, &cloud->memory, &header, old, NULL, 0);
    if (err == R53_OK)
        err = r53__table_put(zones, r53__span(old->id), sealed);
    return err ? r53__remark_nomem(report) : R53_OK;
}

int32_t r53_zone_associate_vpc(r53_cloud *cloud, const char *zone_id, const r53_vpc *vpc,
                               r53_report *report)
{
    const struct zone *zone = NULL;
    int32_t err = request_check(&zone, cloud, zone_id, vpc, report);
    r53_vpc *vpcs;
    uint32_t n;

    if (err != R53_OK)
        return err;
    n = zone->n_vpcs;
    if (!zone->is_private) /* R53-PRIV-04 */
        return refuse(report, R53_E_INVALID, RULE_R53_PRIV_04, "PublicZoneVPCAssociation",
                      "Attempting to associate public zone: {2} with vpc: {0}", vpc, zone->id,
                      NULL);
    err = r53__vpc_check_free(cloud, zone->name, vpc, report);
    if (err != R53_OK)
        return err;
    if (n >= VPCS_MAX)
        return refuse(report, R53_E_LIMIT, RULE_R53_PRIV_01, "LimitsExceeded",
                      "Hosted zone {2} is associated with 300 VPCs already", vpc, zone->id, NULL);
    vpcs = r53__alloc(&cloud->memory, (size_t)n + 1, sizeof(*vpcs));
    if (!vpcs)
        return r53__remark_nomem(report);
    for (uint32_t i = 0; i < n; i++)
        vpcs[i] = zone->vpcs[i];
    vpcs[n] = *vpc;
    err = zone_reseal(cloud, zone, vpcs, n + 1, report);
    r53__free(&cloud->memory, vpcs, (size_t)n + 1, sizeof(*vpcs));
    return err;
}

int32_t r53_zone_disassociate_vpc(r53_cloud *cloud, const char *zone_id, const r53_vpc *vpc,
                                  r53_report *report)
{
    const struct zone *zone = NULL;
    int32_t err = request_check(&zone, cloud, zone_id, vpc, report), at;
    r53_vpc *vpcs;
    uint32_t n;

    if (err != R53_OK)
        return err;
    n = zone->n_vpcs;
    at = vpc_place(zone, vpc);
    if (at < 0)
        return refuse(report, R53_E_NOT_FOUND, RULE_R53_PRIV_01, "VPCAssociationNotFound",
                      "The VPC {0} in region {1} is not associated with the hosted zone {2}", vpc,
                      zone->id, NULL);
    if (n == 1)
        return refuse(report, R53_E_INVALID, RULE_R53_PRIV_01, "LastVPCAssociation",
                      "The VPC {0} is the last one that is associated with the hosted zone {2}; it "
                      "cannot be disassociated",
                      vpc, zone->id, NULL);
    vpcs = r53__alloc(&cloud->memory, n, sizeof(*vpcs));
    if (!vpcs)
        return r53__remark_nomem(report);
    for (uint32_t i = 0, kept = 0; i < n; i++) {
        if (i != (uint32_t)at)
            vpcs[kept++] = zone->vpcs[i];
    }
    err = zone_reseal(cloud, zone, vpcs, n - 1, report);
    r53__free(&cloud->memory, vpcs, n, sizeof(*vpcs));
    return err;
}
