/*
 * Requests of elb, of Classic load balancers: create-load-balancer, delete-load-balancer,
 * register-instances-with-load-balancer, deregister-instances-from-load-balancer and
 * apply-security-groups-to-load-balancer. They name the load balancer, of which Region and account
 * make the ARN.
 */
#include "json/document.h"

#include <r53/elb_change.h>

#define REQUEST(member) offsetof(struct request, member)

struct request {
    r53_load_balancer lb; /* of a new one, and names of any */
    const char *const *zones, *const *subnets;
    const r53_listener *const *listeners;
    const r53_target *const *instances;
    uint32_t n_zones, n_subnets, n_listeners, n_instances;
};

/* The ARN of the load balancer that is named; NULL: told. */
static const char *arn_of(struct reader *reader, const struct request *in)
{
    const char *name = in->lb.load_balancer_name, *given = reader->context.load_balancer;
    const char *said = name ? r53__json_classic_arn(reader, name) : NULL;

    given = given ? r53__json_classic_arn(reader, given) : NULL;
    if (reader->error)
        return NULL;
    return r53__json_whose(reader, said, given, "load_balancer",
                           "the request does not say which load balancer it is about");
}

#define NAME_FIELD FIELD("LoadBalancerName", r53__json_text, .at = REQUEST(lb.load_balancer_name))

/* create-load-balancer */

static const struct field create_fields[] = {
    FIELD("LoadBalancerName", r53__json_text, .at = REQUEST(lb.load_balancer_name),
          .required = true),
    FIELD("Listeners", r53__json_pointers, .at = REQUEST(listeners), .also = REQUEST(n_listeners),
          .with = &r53__json_classic_listener, .required = true),
    FIELD("AvailabilityZones", r53__json_texts, .at = REQUEST(zones), .also = REQUEST(n_zones)),
    FIELD("Subnets", r53__json_texts, .at = REQUEST(subnets), .also = REQUEST(n_subnets)),
    FIELD("SecurityGroups", r53__json_texts, .at = REQUEST(lb.security_groups),
          .also = REQUEST(lb.n_security_groups)),
    FIELD("Scheme", r53__json_word, .at = REQUEST(lb.scheme), .with = &r53__json_schemes),
    UNUSED("Tags"),
};
static const struct request initial = {
    .lb = {.size = sizeof(r53_load_balancer), .type = R53_LB_CLASSIC}};
static const struct shape create_shape =
    SHAPE(create_fields, .bytes = sizeof(struct request), .initial = &initial);

static void zone_make(struct reader *reader, r53_availability_zone *zone, struct request *in,
                      uint32_t i)
{
    const r53_json_subnet *subnet =
        i < in->n_zones ? NULL : r53__json_subnet_find(reader, in->subnets[i - in->n_zones]);

    *zone = (r53_availability_zone){.size = sizeof(*zone)};
    if (i < in->n_zones) {
        zone->zone_name = in->zones[i];
    } else if (subnet) {
        zone->zone_name = subnet->zone_name;
        zone->zone_id = subnet->zone_id;
        zone->subnet_id = subnet->subnet_id;
        in->lb.vpc_id = subnet->vpc_id;
    }
}

/* Zones by their names, and of subnets. */
static void zones_make(struct reader *reader, struct request *in)
{
    uint32_t n = in->n_zones + in->n_subnets;
    r53_availability_zone *zones = r53__json_alloc(reader, n, sizeof(*zones));
    const r53_availability_zone **pointers = r53__json_alloc(reader, n, sizeof(*pointers));

    for (uint32_t i = 0; i < n && !reader->error; i++) {
        zone_make(reader, &zones[i], in, i);
        pointers[i] = &zones[i];
    }
    in->lb.availability_zones = pointers;
    in->lb.n_availability_zones = n;
}

static int32_t create_deliver(struct reader *reader, void *out)
{
    struct request *in = out;
    const char *given = reader->context.load_balancer;

    in->lb.load_balancer_arn =
        r53__json_classic_arn(reader, given ? given : in->lb.load_balancer_name);
    if (in->lb.load_balancer_arn)
        in->lb.dns_name = r53__json_made_dns_name(reader, &in->lb);
    zones_make(reader, in);
    if (reader->error)
        return reader->error;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_load_balancer_create_classic(reader->cloud, &in->lb, in->listeners,
                                                 in->n_listeners, reader->report));
}

const struct element r53__json_create_classic = {&create_shape, create_deliver};

/* delete-load-balancer */

static const struct field delete_fields[] = {NAME_FIELD};
static const struct shape delete_shape = SHAPE(delete_fields, .bytes = sizeof(struct request));

static int32_t delete_deliver(struct reader *reader, void *out)
{
    const char *arn = arn_of(reader, out);

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader,
                                r53_load_balancer_delete(reader->cloud, arn, reader->report));
}

const struct element r53__json_delete_classic = {&delete_shape, delete_deliver};

/* apply-security-groups-to-load-balancer */

static const struct field guard_fields[] = {
    NAME_FIELD,
    FIELD("SecurityGroups", r53__json_texts, .at = REQUEST(lb.security_groups),
          .also = REQUEST(lb.n_security_groups), .required = true),
};
static const struct shape guard_shape = SHAPE(guard_fields, .bytes = sizeof(struct request));

static int32_t guard_deliver(struct reader *reader, void *out)
{
    const struct request *in = out;
    const char *arn = arn_of(reader, in);

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(
        reader, r53_load_balancer_set_security_groups(reader->cloud, arn, in->lb.security_groups,
                                                      in->lb.n_security_groups, 0, reader->report));
}

const struct element r53__json_apply_security_groups = {&guard_shape, guard_deliver};

/* register-instances-with-load-balancer, deregister-instances-from-load-balancer */

static const struct field instance_fields[] = {
    FIELD("InstanceId", r53__json_text, .at = offsetof(r53_target, id), .required = true),
};
static const r53_target instance_initial = {.size = sizeof(instance_initial)};
static const struct shape instance_shape =
    SHAPE(instance_fields, .bytes = sizeof(r53_target), .initial = &instance_initial);

static const struct field instances_fields[] = {
    NAME_FIELD,
    FIELD("Instances", r53__json_pointers, .at = REQUEST(instances), .also = REQUEST(n_instances),
          .with = &instance_shape, .required = true),
};
static const struct shape instances_shape =
    SHAPE(instances_fields, .bytes = sizeof(struct request));

static int32_t instances_deliver(struct reader *reader, const struct request *in,
                                 int32_t (*change)(r53_cloud *, const char *,
                                                   const r53_target *const *, size_t, int64_t,
                                                   r53_report *))
{
    const char *arn = arn_of(reader, in);

    if (!arn)
        return R53_E_INVALID;
    r53__json_import_begin(reader);
    return r53__json_import_end(reader, change(reader->cloud, arn, in->instances, in->n_instances,
                                               reader->context.now_ms, reader->report));
}

static int32_t register_deliver(struct reader *reader, void *out)
{
    return instances_deliver(reader, out, r53_targets_register);
}

static int32_t deregister_deliver(struct reader *reader, void *out)
{
    return instances_deliver(reader, out, r53_targets_deregister);
}

const struct element r53__json_register_instances = {&instances_shape, register_deliver};
const struct element r53__json_deregister_instances = {&instances_shape, deregister_deliver};
