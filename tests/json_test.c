/*
 * AWS's JSON into an import. A row is a document and what the cloud and the observed then hold,
 * told in lines; or a document and what is found fault with, told with its path. In the rows'
 * documents ' stands for " and ~ for the first fields of an ARN.
 */
#include "support/json_world.h"

#include "model/cloud.h"
#include "model/load_balancer.h"
#include "model/target_mark.h"
#include "model/observed.h"
#include "model/target_group.h"

#define HC   "abcdef11-2222-3333-4444-55555555555" /* and a digit */
#define COLL "c8c02a84-aaaa-bbbb-e0d2-d833a2f8010" /* and a digit */

/* What the cloud holds, one line an object */

static void put_nodes(struct page *page, const struct node *nodes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        put(page, " %s", nodes[i].zone_name);
        for (uint32_t j = 0; j < nodes[i].n_addresses; j++) {
            char buffer[64];
            struct text text;

            r53__text_init(&text, buffer, sizeof(buffer));
            r53__address_put(&text, &nodes[i].addresses[j]);
            put(page, "%c%s", j ? ',' : '=', buffer);
        }
    }
}

static void put_lb(struct page *page, const char *id, const void *object)
{
    static const char *const states[] = {"active", "provisioning", "active_impaired", "failed"};
    const struct load_balancer *lb = object;
    char name[1024] = "-";
    struct text text;

    r53__text_init(&text, name, sizeof(name));
    if (lb->dns_name.length)
        r53__name_put(&text, lb->dns_name);
    else
        r53__put_char(&text, '-');
    put(page, "lb %s %s %s %s %s %s %s %s", brief(id), r53_load_balancer_type_name(lb->type),
        brief(lb->name), name, brief(lb->canonical_hosted_zone_id),
        lb->scheme == R53_SCHEME_INTERNAL ? "internal" : "internet-facing", states[lb->state - 1],
        lb->ip_address_type == R53_IP_DUALSTACK ? "dualstack" : "ipv4");
    put_nodes(page, lb->nodes, lb->n_nodes);
    put(page, "\n");
}

static void put_action(struct page *page, const struct action *action)
{
    static const char *const names[] = {"forward", "redirect", "fixed", "oidc", "cognito", "jwt"};

    put(page, " %d:%s", action->order, names[action->type - 1]);
    for (uint32_t i = 0; i < action->n_groups; i++)
        put(page, "%c%s*%u", i ? ',' : '=', brief(action->groups[i].target_group_arn),
            action->groups[i].weight);
    if (action->status_code)
        put(page, "=%s,%s,%s,%s,%s,%s,%s,%s", action->status_code, brief(action->protocol),
            brief(action->host), brief(action->port), brief(action->path), brief(action->query),
            brief(action->content_type), brief(action->message_body));
}

static void put_listener(struct page *page, const char *id, const void *object)
{
    const struct listener *listener = object;

    put(page, "listener %s of %s %s:%d", brief(id), brief(listener->load_balancer_arn),
        brief(r53_protocol_name(listener->protocol)), listener->port);
    if (listener->instance_port)
        put(page, " to %s:%d", r53_protocol_name(listener->instance_protocol),
            listener->instance_port);
    for (uint32_t i = 0; i < listener->n_actions; i++)
        put_action(page, &listener->actions[i]);
    put(page, "\n");
}

static void put_group(struct page *page, const char *id, const void *object)
{
    static const char *const types[] = {"instance", "ip", "lambda", "alb"};
    const struct target_group *group = object;

    put(page, "group %s %s %s:%d %s %s%s\n", brief(id), brief(group->name),
        brief(r53_protocol_name(group->protocol)), group->port, types[group->target_type - 1],
        group->ip_address_type == R53_IP_IPV6 ? "ipv6" : "ipv4",
        group->health_checked ? "" : " unchecked");
}

static void put_targets(struct page *page, const char *id, const void *object)
{
    const struct target_list *list = object;

    put(page, "targets %s", brief(id));
    for (uint32_t i = 0; i < list->n_targets; i++)
        put(page, " %s:%d@%s", list->targets[i].id, list->targets[i].port,
            brief(list->targets[i].zone));
    put(page, "\n");
}

static void put_node_list(struct page *page, const char *id, const void *object)
{
    const struct node_list *list = object;

    put(page, "nodes %s", brief(id));
    put_nodes(page, list->nodes, list->n_nodes);
    put(page, "\n");
}

static void put_instance(struct page *page, const char *id, const void *object)
{
    put(page, "instance %s %s\n", id, ((const struct instance *)object)->zone_name);
}

static void put_health(struct page *page, const char *id, const void *object)
{
    const struct target_health_list *list = object;

    put(page, "health %s", brief(id));
    for (uint32_t i = 0; i < list->n_healths; i++)
        put(page, " %s:%d@%s=%s,%s", list->healths[i].id, list->healths[i].port,
            brief(list->healths[i].zone), r53_target_state_name(list->healths[i].state),
            brief(list->healths[i].reason));
    put(page, "\n");
}

static void put_seen(struct page *page, const char *id, const void *object)
{
    const struct address_list *list = object;
    struct node node = {
        .zone_name = "", .addresses = list->addresses, .n_addresses = list->n_addresses};

    put(page, "seen %d", (int)strlen(id));
    put_nodes(page, &node, 1);
    put(page, "\n");
}

static void put_status(struct page *page, const char *id, const void *object)
{
    static const char *const healths[] = {"-", "healthy", "unhealthy"};
    static const char *const alarms[] = {"-", "OK", "ALARM", "INSUFFICIENT_DATA"};
    const struct health_status *status = object;

    put(page, "status %s %s alarm=%s last=%s\n", id, healths[status->status], alarms[status->alarm],
        healths[status->last_known]);
}

static void put_opinions(struct page *page, const char *id, const void *object)
{
    const struct opinion_list *list = object;

    put(page, "checkers %s", id);
    for (uint32_t i = 0; i < list->n_opinions; i++)
        put(page, " %s=%s", list->opinions[i].checker, list->opinions[i].healthy ? "up" : "down");
    put(page, "\n");
}

static void put_place(struct page *page, const char *id, const void *object)
{
    const struct place *place = &((const struct observed_place *)object)->place;

    put(page, "place %s %s/%s/%s", id, brief(place->continent), brief(place->country),
        brief(place->subdivision));
    if (place->located)
        put(page, " %d,%d", place->point.latitude, place->point.longitude);
    put(page, "\n");
}

static void put_latencies(struct page *page, const char *id, const void *object)
{
    const struct latency_list *list = object;

    put(page, "latency %s", id);
    for (uint32_t i = 0; i < list->n_latencies; i++)
        put(page, " %s=%d", list->latencies[i].region->name, list->latencies[i].milliseconds);
    put(page, "\n");
}

static void put_zone_marks(struct page *page, const char *id, const void *object)
{
    const struct zone_status_list *list = object;

    put(page, "marks %s", brief(id));
    for (uint32_t i = 0; i < list->n_zones; i++)
        put(page, " %s=%s%s", list->zones[i].zone_name, list->zones[i].shifted ? "shifted" : "",
            list->zones[i].impaired ? "impaired" : "");
    put(page, "\n");
}

static unsigned weight_of(const r53_observed *observed, const char *id, int32_t port)
{
    return (unsigned)r53__target_mark_find(observed, MARK_MITIGATION, ARN "targetgroup/a/1", id,
                                           port);
}

/* What the shares of two targets of one group are, one told by its port. */
static void put_mitigations(struct page *page, const r53_observed *observed)
{
    if (observed->tables[OBSERVED_MITIGATIONS].count)
        put(page, "weights i-1:80=%u i-1:81=%u i-2:80=%u\n",
            weight_of(observed, "i-1", 80),
            weight_of(observed, "i-1", 81),
            weight_of(observed, "i-2", 80));
}

static void put_table(struct page *page, const struct table *table,
                      void (*put_object)(struct page *, const char *id, const void *object))
{
    for (int32_t slot = 0; (size_t)slot < table->count; slot++) {
        const void *object = r53__table_at(table, slot);

        if (object)
            put_object(page, r53__table_id(table, slot), object);
    }
}

static void put_member(struct page *page, const char *key, const char *value)
{
    if (value)
        put(page, " %s=%s", key, value);
}

/* An owner without ".example.com." */
static void put_owner(struct page *page, const char *name)
{
    const char *zone = strstr(name, ".example.com.");

    put(page, "%.*s", zone ? (int)(zone - name) : (int)strlen(name), name);
}

static void put_policy(struct page *page, const r53_record_set *s)
{
    if (s->has_weight)
        put(page, " weight=%d", s->weight);
    if (s->has_bias)
        put(page, " bias=%d", s->bias);
    if (s->has_multi_value_answer)
        put(page, " multi=%d", s->multi_value_answer);
    if (s->failover)
        put(page, " %s", s->failover == R53_FAILOVER_PRIMARY ? "PRIMARY" : "SECONDARY");
    put_member(page, "region", s->region);
    put_member(page, "continent", s->continent_code);
    put_member(page, "country", s->country_code);
    put_member(page, "subdivision", s->subdivision_code);
    put_member(page, "collection", s->cidr_collection_id);
    put_member(page, "location", s->cidr_location_name);
    put_member(page, "near", s->geoproximity_region);
    put_member(page, "lzg", s->local_zone_group);
    put_member(page, "lat", s->latitude);
    put_member(page, "lon", s->longitude);
    put_member(page, "az-type", s->az_location_type);
    put_member(page, "az", s->az_location_id);
}

static void put_set(struct page *page, const r53_record_set *s)
{
    put_owner(page, s->name);
    put(page, " %s", r53_type_name(s->type));
    put_member(page, "id", s->set_identifier);
    for (uint32_t i = 0; i < s->n_values; i++)
        put(page, " %s", s->values[i]);
    if (s->has_ttl)
        put(page, " ttl=%u", s->ttl);
    if (s->alias_dns_name)
        put(page, " alias=%s/%s%s", s->alias_hosted_zone_id, s->alias_dns_name,
            s->evaluate_target_health ? " eth" : "");
    put_policy(page, s);
    put_member(page, "hc", s->health_check_id);
    put_member(page, "tpi", s->traffic_policy_instance_id);
    put(page, "\n");
}

/* Without the apex's NS and SOA. */
static void put_sets(struct page *page, const r53_cloud *cloud, const r53_hosted_zone *zone)
{
    const r53_record_set *s;
    r53_listing *listing;

    assert_int_equal(r53_record_sets_list(&listing, cloud, zone->id, NULL, 0, NULL, NULL), R53_OK);
    while ((s = r53_listing_next_record_set(listing))) {
        if (strcmp(s->name, zone->name) != 0)
            put_set(page, s);
    }
    r53_listing_free(listing);
}

static void put_zone(struct page *page, const r53_cloud *cloud, const r53_hosted_zone *zone)
{
    put(page, "zone %s %s %s account=%s reference=%s comment=%s", zone->id, zone->name,
        zone->private_zone ? "private" : "public", brief(zone->account),
        brief(zone->caller_reference), brief(zone->comment));
    for (uint32_t i = 0; i < zone->n_vpcs; i++)
        put(page, " %s/%s", zone->vpcs[i]->vpc_region, zone->vpcs[i]->vpc_id);
    for (uint32_t i = 0; i < zone->n_name_servers; i++) {
        if (!strstr(zone->name_servers[i], ".awsdns-")) /* not made up */
            put(page, " %s", zone->name_servers[i]);
    }
    put(page, "\n");
    put_sets(page, cloud, zone);
}

static void put_texts(struct page *page, const char *key, const char *const *texts, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        put(page, "%s%s", i ? "," : key, texts[i]);
}

static void put_number(struct page *page, const char *key, int32_t number)
{
    if (number)
        put(page, " %s=%d", key, number);
}

static void put_check(struct page *page, const r53_health_check *check)
{
    put(page, "check %s %s account=%s version=%d", check->id,
        r53_health_check_type_name(check->type), brief(check->account),
        check->health_check_version);
    put_member(page, "reference", check->caller_reference);
    put_member(page, "ip", check->ip_address);
    put_number(page, "port", check->port);
    put_member(page, "fqdn", check->fully_qualified_domain_name);
    put_member(page, "path", check->resource_path);
    put_member(page, "search", check->search_string);
    put_texts(page, " regions=", check->regions, check->n_regions);
    put_texts(page, " children=", check->child_health_checks, check->n_child_health_checks);
    put_member(page, "alarm-region", check->alarm_region);
    put_member(page, "alarm", check->alarm_name);
    put_member(page, "control", check->routing_control_arn);
    put_number(page, "interval", check->request_interval);
    put_number(page, "failures", check->failure_threshold);
    if (check->has_health_threshold)
        put(page, " threshold=%d", check->health_threshold);
    put_number(page, "insufficient", check->insufficient_data_health_status);
    put_number(page, "latency", check->measure_latency);
    put_number(page, "inverted", check->inverted);
    put_number(page, "disabled", check->disabled);
    put_number(page, "sni", check->enable_sni);
    put(page, "\n");
}

static void put_checks(struct page *page, const r53_cloud *cloud)
{
    r53_health_check_listing *listing;
    const r53_health_check *check;

    assert_int_equal(r53_health_checks_list(&listing, cloud), R53_OK);
    while ((check = r53_health_check_listing_next(listing)))
        put_check(page, check);
    r53_health_check_listing_free(listing);
}

static void put_collection(struct page *page, const r53_cloud *cloud,
                           const r53_cidr_collection *collection)
{
    const r53_cidr_block *block;
    r53_cidr_listing *listing;

    put(page, "collection %s %s %s v%d account=%s", collection->id, brief(collection->name),
        brief(collection->arn), collection->version, brief(collection->account));
    assert_int_equal(r53_cidr_blocks_list(&listing, cloud, collection->id, NULL), R53_OK);
    while ((block = r53_cidr_listing_next_block(listing)))
        put(page, " %s:%s", block->location_name, block->cidr_block);
    r53_cidr_listing_free(listing);
    put(page, "\n");
}

static void put_collections(struct page *page, const r53_cloud *cloud)
{
    const r53_cidr_collection *collection;
    r53_cidr_listing *listing;

    assert_int_equal(r53_cidr_collections_list(&listing, cloud), R53_OK);
    while ((collection = r53_cidr_listing_next_collection(listing)))
        put_collection(page, cloud, collection);
    r53_cidr_listing_free(listing);
}

static void put_world(struct page *page, const struct world *w)
{
    const struct table *cloud = w->cloud->tables, *observed = w->observed->tables;
    const r53_hosted_zone *zone;
    r53_listing *listing;

    page->length = 0;
    page->text[0] = '\0';
    assert_int_equal(r53_zones_list(&listing, w->cloud), R53_OK);
    while ((zone = r53_listing_next_zone(listing)))
        put_zone(page, w->cloud, zone);
    r53_listing_free(listing);
    put_checks(page, w->cloud);
    put_collections(page, w->cloud);
    put_table(page, &cloud[CLOUD_LOAD_BALANCERS], put_lb);
    put_table(page, &cloud[CLOUD_LISTENERS], put_listener);
    put_table(page, &cloud[CLOUD_TARGET_GROUPS], put_group);
    put_table(page, &cloud[CLOUD_TARGETS], put_targets);
    put_table(page, &cloud[CLOUD_NODES], put_node_list);
    put_table(page, &cloud[CLOUD_INSTANCES], put_instance);
    put_table(page, &observed[OBSERVED_TARGETS], put_health);
    put_table(page, &observed[OBSERVED_ADDRESSES], put_seen);
    put_table(page, &observed[OBSERVED_HEALTH_CHECKS], put_status);
    put_table(page, &observed[OBSERVED_CHECKERS], put_opinions);
    put_table(page, &observed[OBSERVED_PLACES], put_place);
    put_table(page, &observed[OBSERVED_LATENCIES], put_latencies);
    put_table(page, &observed[OBSERVED_ZONES], put_zone_marks);
    put_mitigations(page, w->observed);
}

/* Documents and what they make */

static const struct load_case {
    const char *what, *json, *expected;
    r53_json_context context;
} loads[] = {
    {"R53-JSON-03 a list of hosted zones",
     "{'HostedZones': [{'Id': '/hostedzone/Z1', 'Name': 'example.com.', 'CallerReference': 'r1',"
     " 'Config': {'Comment': 'mine', 'PrivateZone': false}, 'ResourceRecordSetCount': 2},"
     " {'Id': '/hostedzone/Z2', 'Name': 'internal.', 'CallerReference': 'r2', 'Config':"
     " {'PrivateZone': true}, 'LinkedService': {'ServicePrincipal': 'x'}, 'Features': {}}],"
     " 'IsTruncated': false, 'MaxItems': '100'}",
     "zone Z1 example.com. public account=111122223333 reference=r1 comment=mine\n"
     "zone Z2 internal. private account=111122223333 reference=r2 comment=-\n",
     IN(.account = "111122223333")},
    {"R53-JSON-03 a list of hosted zones by name",
     "{'DNSName': 'example.com', 'HostedZones': [{'Id': 'Z1', 'Name': 'example.com'}],"
     " 'NextDNSName': 'x', 'NextHostedZoneId': 'Z9', 'MaxItems': '1'}",
     "zone Z1 example.com. public account=- reference=- comment=-\n", IN(.account = NULL)},
    {"R53-JSON-03 a hosted zone with its delegation set",
     "{'HostedZone': {'Id': '/hostedzone/Z1', 'Name': 'example.com.', 'CallerReference': 'r'},"
     " 'DelegationSet': {'Id': 'N1', 'CallerReference': 's', 'NameServers': ['ns1.test',"
     " 'ns2.test']}}",
     "zone Z1 example.com. public account=- reference=r comment=- ns1.test. ns2.test.\n",
     IN(.account = NULL)},
    {"R53-JSON-03 a private hosted zone with its VPCs",
     "{'VPCs': [{'VPCRegion': 'eu-west-1', 'VPCId': 'vpc-1'}, {'VPCRegion': 'us-east-1', 'VPCId':"
     " 'vpc-2'}], 'HostedZone': {'Id': 'Z1', 'Name': 'example.com.', 'Config': {'PrivateZone':"
     " true}}}",
     "zone Z1 example.com. private account=- reference=- comment=- eu-west-1/vpc-1 "
     "us-east-1/vpc-2\n",
     IN(.account = NULL)},
    {"R53-JSON-01 record sets of every policy",
     "{'ResourceRecordSets': ["
     "{'Name': 'example.com.', 'Type': 'SOA', 'TTL': 900, 'ResourceRecords': [{'Value':"
     " 'ns1.test. root.test. 1 7200 900 1209600 86400'}]},"
     "{'Name': 'example.com.', 'Type': 'NS', 'TTL': 60, 'ResourceRecords': [{'Value':"
     " 'ns1.test.'}]},"
     "{'Name': '\\\\052.example.com.', 'Type': 'A', 'AliasTarget': {'HostedZoneId': 'Z1', "
     "'DNSName':"
     " 's.example.com.', 'EvaluateTargetHealth': true}},"
     "{'Name': 's.example.com.', 'Type': 'A', 'TTL': 60, 'ResourceRecords': [{'Value':"
     " '192.0.2.1'}, {'Value': '192.0.2.2'}]},"
     "{'Name': 'w.example.com.', 'Type': 'A', 'SetIdentifier': 'blue', 'Weight': 0, 'TTL': 60,"
     " 'ResourceRecords': [{'Value': '192.0.2.1'}], 'HealthCheckId': 'hc-1'},"
     "{'Name': 'l.example.com.', 'Type': 'A', 'SetIdentifier': 'x', 'Region': 'eu-west-1', 'TTL':"
     " 60, 'ResourceRecords': [{'Value': '192.0.2.2'}]},"
     "{'Name': 'f.example.com.', 'Type': 'A', 'SetIdentifier': 'p', 'Failover': 'SECONDARY', 'TTL':"
     " 60, 'ResourceRecords': [{'Value': '192.0.2.3'}]},"
     "{'Name': 'g.example.com.', 'Type': 'A', 'SetIdentifier': 'd', 'GeoLocation': {'CountryCode':"
     " 'US', 'SubdivisionCode': 'CA'}, 'TTL': 60, 'ResourceRecords': [{'Value': '192.0.2.4'}]},"
     "{'Name': 'g2.example.com.', 'Type': 'A', 'SetIdentifier': 'd', 'GeoLocation':"
     " {'ContinentCode': 'EU'}, 'TTL': 60, 'ResourceRecords': [{'Value': '192.0.2.4'}]},"
     "{'Name': 'm.example.com.', 'Type': 'A', 'SetIdentifier': '1', 'MultiValueAnswer': true,"
     " 'TTL': 60, 'ResourceRecords': [{'Value': '192.0.2.5'}]},"
     "{'Name': 'c.example.com.', 'Type': 'A', 'SetIdentifier': 'isp', 'CidrRoutingConfig':"
     " {'CollectionId':"
     " '01234567-89ab-cdef-0123-456789abcdef', 'LocationName': 'isp'}, 'TTL': 60, "
     "'ResourceRecords': [{'Value':"
     " '192.0.2.6'}]},"
     "{'Name': 'p.example.com.', 'Type': 'A', 'SetIdentifier': 'r', 'GeoProximityLocation':"
     " {'AWSRegion': 'us-east-1', 'Bias': -25}, 'TTL': 60, 'ResourceRecords': [{'Value':"
     " '192.0.2.7'}]},"
     "{'Name': 'q.example.com.', 'Type': 'A', 'SetIdentifier': 'r', 'GeoProximityLocation':"
     " {'Coordinates': {'Latitude': '49.22', 'Longitude': '-74.01'}}, 'TTL': 60,"
     " 'ResourceRecords': [{'Value': '192.0.2.7'}]},"
     "{'Name': 'z.example.com.', 'Type': 'A', 'SetIdentifier': 'a', 'AZAffinity': {'LocationType':"
     " 'AvailabilityZone', 'LocationId': 'use1-az1'}, 'TTL': 60, 'ResourceRecords': [{'Value':"
     " '192.0.2.8'}]}], 'IsTruncated': false, 'MaxItems': '300'}",
     "zone Z1 example.com. public account=- reference=- comment=- ns1.test.\n"
     "\\052 A alias=Z1/s.example.com. eth\n"
     "c A id=isp 192.0.2.6 ttl=60 collection=01234567-89ab-cdef-0123-456789abcdef "
     "location=isp\n"
     "f A id=p 192.0.2.3 ttl=60 SECONDARY\n"
     "g A id=d 192.0.2.4 ttl=60 country=US subdivision=CA\n"
     "g2 A id=d 192.0.2.4 ttl=60 continent=EU\n"
     "l A id=x 192.0.2.2 ttl=60 region=eu-west-1\n"
     "m A id=1 192.0.2.5 ttl=60 multi=1\n"
     "p A id=r 192.0.2.7 ttl=60 bias=-25 near=us-east-1\n"
     "q A id=r 192.0.2.7 ttl=60 lat=49.22 lon=-74.01\n"
     "s A 192.0.2.1 192.0.2.2 ttl=60\n"
     "w A id=blue 192.0.2.1 ttl=60 weight=0 hc=hc-1\n"
     "z A id=a 192.0.2.8 ttl=60 az-type=AvailabilityZone az=use1-az1\n",
     IN(.hosted_zone_id = "Z1")},
    {"R53-JSON-01 a bare list is one of record sets; the context names the zone",
     "[{'Name': 'www.example.com', 'Type': 'A', 'TTL': 60, 'ResourceRecords': [{'Value':"
     " '192.0.2.1'}]}]",
     "zone Z1 example.com. public account=- reference=- comment=-\n"
     "www A 192.0.2.1 ttl=60\n",
     IN(.hosted_zone_id = "Z1", .hosted_zone_name = "example.com")},
    {"R53-JSON-01 an SOA that is not the apex's does not name the zone",
     "[{'Name': 'sub.example.com', 'Type': 'SOA', 'TTL': 60, 'ResourceRecords': [{'Value':"
     " 'ns1.test. root.test. 1 7200 900 1209600 86400'}]}]",
     "zone Z1 example.com. public account=- reference=- comment=-\n"
     "sub SOA ns1.test. root.test. 1 7200 900 1209600 86400 ttl=60\n",
     IN(.hosted_zone_id = "Z1", .hosted_zone_name = "EXAMPLE.com.")},
    {"R53-JSON-04 health checks of every kind",
     "{'HealthChecks': [{'Id': '" HC "1', 'CallerReference': 'r1', 'HealthCheckConfig':"
     " {'IPAddress': '192.0.2.44', 'Port': 443, 'Type': 'HTTPS_STR_MATCH', 'ResourcePath':"
     " '/health', 'FullyQualifiedDomainName': 'example.com', 'SearchString': 'fine',"
     " 'RequestInterval': 10, 'FailureThreshold': 5, 'MeasureLatency': true, 'Inverted': true,"
     " 'Disabled': false, 'EnableSNI': false, 'Regions': ['eu-west-1', 'us-east-1',"
     " 'us-west-2']}, 'HealthCheckVersion': 7},"
     "{'Id': '" HC "2', 'CallerReference': 'r2', 'HealthCheckConfig': {'Type': 'CALCULATED',"
     " 'ChildHealthChecks': ['" HC "1'], 'HealthThreshold': 0, 'Disabled': true},"
     " 'HealthCheckVersion': 1, 'LinkedService': {'ServicePrincipal': 'x'}},"
     "{'Id': '" HC "3', 'CallerReference': 'r3', 'HealthCheckConfig': {'Type':"
     " 'CLOUDWATCH_METRIC', 'AlarmIdentifier': {'Region': 'eu-west-1', 'Name': 'load'},"
     " 'InsufficientDataHealthStatus': 'LastKnownStatus'}, 'HealthCheckVersion': 1,"
     " 'CloudWatchAlarmConfiguration': {'Threshold': 0.9}},"
     "{'Id': '" HC "4', 'CallerReference': 'r4', 'HealthCheckConfig': {'Type':"
     " 'RECOVERY_CONTROL', 'RoutingControlArn': 'arn:x'}, 'HealthCheckVersion': 1}],"
     " 'IsTruncated': false, 'MaxItems': '100', 'Marker': 'm', 'NextMarker': null}",
     "check " HC "1 HTTPS_STR_MATCH account=111122223333 version=7 reference=r1 ip=192.0.2.44 "
     "port=443 fqdn=example.com path=/health search=fine regions=eu-west-1,us-east-1,us-west-2 "
     "interval=10 failures=5 latency=1 inverted=1 sni=1\n"
     "check " HC "2 CALCULATED account=111122223333 version=1 reference=r2 children=" HC
     "1 threshold=0 disabled=1\n"
     "check " HC "3 CLOUDWATCH_METRIC account=111122223333 version=1 reference=r3 "
     "alarm-region=eu-west-1 alarm=load insufficient=3\n"
     "check " HC "4 RECOVERY_CONTROL account=111122223333 version=1 reference=r4 control=arn:x\n",
     IN(.account = "111122223333")},
    {"R53-JSON-04 a health check by itself, with where it is",
     "{'Location': 'https://route53.amazonaws.com/x', 'HealthCheck': {'Id': '" HC "1',"
     " 'CallerReference': 'r', 'HealthCheckConfig': {'Type': 'TCP', 'IPAddress': '192.0.2.1',"
     " 'Port': 25}, 'HealthCheckVersion': 1}}",
     "check " HC "1 TCP account=- version=1 reference=r ip=192.0.2.1 port=25 interval=30 "
     "failures=3\n",
     IN(.account = NULL)},
    {"R53-JSON-05 R53-HC-04 what each checker says",
     "{'HealthCheckObservations': [{'Region': 'us-west-2', 'IPAddress': '192.0.2.7',"
     " 'StatusReport': {'Status': 'Success: HTTP Status Code 200, OK', 'CheckedTime':"
     " '2024-01-01T00:00:00.000Z'}}, {'Region': 'eu-west-1', 'IPAddress': '192.0.2.8',"
     " 'StatusReport': {'Status': 'Failure: Connection timed out.'}}, {'IPAddress': '192.0.2.9',"
     " 'StatusReport': {'Status': 'Success'}}, {'Region': 'us-west-2', 'IPAddress':"
     " '192.0.2.10'}]}",
     "checkers " HC "1 /192.0.2.9=up eu-west-1/192.0.2.8=down us-west-2/192.0.2.7=up\n",
     IN(.health_check_id = HC "1")},
    {"R53-JSON-06 CIDR collections",
     "{'CidrCollections': [{'Arn': 'arn:aws:route53:::cidrcollection/c1', 'Id': '" COLL "1',"
     " 'Name': 'isps', 'Version': 4}, {'Id': '" COLL "2', 'Name': 'vpns'}]}",
     "collection " COLL "1 isps arn:aws:route53:::cidrcollection/c1 v4 account=111122223333\n"
     "collection " COLL "2 vpns - v1 account=111122223333\n",
     IN(.account = "111122223333")},
    {"R53-JSON-06 a CIDR collection by itself, with where it is",
     "{'Collection': {'Arn': 'a', 'Id': '" COLL "1', 'Name': 'isps', 'Version': 1}, 'Location':"
     " 'https://route53.amazonaws.com/x'}",
     "collection " COLL "1 isps a v1 account=-\n", IN(.account = NULL)},
    {"R53-JSON-06 blocks of a CIDR collection",
     "{'CidrBlocks': [{'CidrBlock': '203.0.113.0/24', 'LocationName': 'isp-1'}, {'CidrBlock':"
     " '2001:db8::/32', 'LocationName': 'isp-1'}, {'CidrBlock': '198.51.100.0/24',"
     " 'LocationName': 'isp-2'}]}",
     "collection " COLL "1 - - v1 account=- isp-1:203.0.113.0/24 isp-1:2001:db8::/32 "
     "isp-2:198.51.100.0/24\n",
     IN(.cidr_collection_id = COLL "1")},
    {"R53-HC-11 R53-PLACE-06 R53-LATENCY-05 a supplement tells health, places and latencies",
     "{'R53Supplement': {'HealthCheckStatus': [{'HealthCheckId': '" HC "1', 'Status':"
     " 'Unhealthy'}, {'HealthCheckId': '" HC "2', 'Status': 'Healthy', 'Comment': 'c'}],"
     " 'Alarms': [{'HealthCheckId': '" HC "3', 'State': 'ALARM'}, {'HealthCheckId': '" HC "3',"
     " 'State': 'INSUFFICIENT_DATA'}], 'Places': [{'Prefix': '203.0.113.0/24', 'CountryCode':"
     " 'US', 'SubdivisionCode': 'CA', 'Latitude': '37.7', 'Longitude': '-122.42'}, {'Prefix':"
     " '2001:db8::/32', 'ContinentCode': 'EU'}], 'Latencies': [{'Client': '203.0.113.0/24',"
     " 'Region': 'us-west-1', 'Milliseconds': 8}, {'Client': 'DE', 'Region': 'eu-central-1',"
     " 'Milliseconds': 0}]}}",
     "status " HC "1 unhealthy alarm=- last=-\n"
     "status " HC "2 healthy alarm=- last=-\n"
     "status " HC "3 - alarm=INSUFFICIENT_DATA last=unhealthy\n"
     "place 203.0.113.0/24 NA/US/CA 3770,-12242\n"
     "place 2001:db8::/32 EU/-/-\n"
     "latency 203.0.113.0/24 us-west-1=8\n"
     "latency DE eu-central-1=0\n",
     IN(.account = NULL)},
    {"R53-JSON-05 R53-JSON-06 the contexts of a bundle name health checks and collections",
     "{'R53Bundle': [{'Context': {'HealthCheckId': '" HC "1'}, 'Document':"
     " {'HealthCheckObservations': [{'Region': 'r', 'IPAddress': '192.0.2.7', 'StatusReport':"
     " {'Status': 'Failure: x'}}]}}, {'Context': {'CidrCollectionId': '" COLL "1'}, 'Document':"
     " {'CidrBlocks': [{'CidrBlock': '203.0.113.0/24', 'LocationName': 'isp'}]}}]}",
     "collection " COLL "1 - - v1 account=- isp:203.0.113.0/24\n"
     "checkers " HC "1 r/192.0.2.7=down\n",
     IN(.account = NULL)},
    {"ELB-JSON-01 load balancers of every kind",
     "{'LoadBalancers': [{'LoadBalancerArn': '~loadbalancer/app/web/1', 'DNSName':"
     " 'web-1.us-east-1.elb.amazonaws.com', 'CanonicalHostedZoneId': 'Z35SXDOTRQ7X7K',"
     " 'CreatedTime': '2024-03-01T12:00:00.000000+00:00', 'LoadBalancerName': 'web', 'Scheme':"
     " 'internal', 'VpcId': 'vpc-1', 'State': {'Code': 'active_impaired', 'Reason': 'x'},"
     " 'Type': 'application', 'AvailabilityZones': [{'ZoneName': 'us-east-1a', 'SubnetId': 's',"
     " 'LoadBalancerAddresses': []}], 'SecurityGroups': ['sg'], 'IpAddressType': 'dualstack'},"
     "{'LoadBalancerArn': '~loadbalancer/net/tcp/2', 'LoadBalancerName': 'tcp', 'Type': 'network',"
     " 'AvailabilityZones': [{'ZoneName': 'us-east-1a', 'OutpostId': 'o', 'SourceNatIpv6Prefixes':"
     " [], 'LoadBalancerAddresses': [{'IpAddress': '198.51.100.4', 'AllocationId': 'e',"
     " 'PrivateIPv4Address': '10.0.1.4', 'IPv6Address': '2001:db8::1'}]}, {'ZoneName':"
     " 'us-east-1b', 'LoadBalancerAddresses': [{'PrivateIPv4Address': '10.0.2.4'}]}],"
     " 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic': 'off',"
     " 'EnablePrefixForIpv6SourceNat': 'off', 'CustomerOwnedIpv4Pool': 'p', 'IpamPools': {}},"
     "{'LoadBalancerArn': '~loadbalancer/gwy/gw/3', 'LoadBalancerName': 'gw', 'Type': 'gateway',"
     " 'State': {'Code': 'provisioning'}}], 'NextMarker': null}",
     "lb loadbalancer/app/web/1 application web web-1.us-east-1.elb.amazonaws.com. Z35SXDOTRQ7X7K "
     "internal active_impaired dualstack us-east-1a\n"
     "lb loadbalancer/net/tcp/2 network tcp - - internet-facing active ipv4 "
     "us-east-1a=198.51.100.4,2001:db8::1 us-east-1b=10.0.2.4\n"
     "lb loadbalancer/gwy/gw/3 gateway gw - - internet-facing provisioning ipv4\n",
     IN(.account = NULL)},
    {"ELB-JSON-01 without a type it is an application load balancer",
     "{'LoadBalancers': [{'LoadBalancerArn': '~loadbalancer/app/web/1'}]}",
     "lb loadbalancer/app/web/1 application - - - internet-facing active ipv4\n",
     IN(.account = NULL)},
    {"ELB-JSON-03 forwards name their groups beside or inside the configuration",
     "{'Listeners': [{'ListenerArn': '~listener/app/web/1/1', 'LoadBalancerArn':"
     " '~loadbalancer/app/web/1', 'Port': 443, 'Protocol': 'HTTPS', 'Certificates': "
     "[{'CertificateArn': 'c'}],"
     " 'SslPolicy': 'p', 'AlpnPolicy': [], 'MutualAuthentication': {'Mode': 'off'},"
     " 'DefaultActions': [{'Type': 'forward', 'TargetGroupArn': '~targetgroup/a/1'}]},"
     "{'ListenerArn': '~listener/app/web/1/2', 'LoadBalancerArn': '~loadbalancer/app/web/1',"
     " 'Port': 80, 'Protocol': 'HTTP', 'DefaultActions': [{'Type': 'forward', 'Order': 2,"
     " 'TargetGroupArn': '~targetgroup/a/1', 'ForwardConfig': {'TargetGroups': [{'TargetGroupArn':"
     " '~targetgroup/a/1'}], 'TargetGroupStickinessConfig': {'Enabled': false}}}, {'Type':"
     " 'authenticate-oidc', 'Order': 1, 'AuthenticateOidcConfig': {'Issuer': 'x'}}]},"
     "{'ListenerArn': '~listener/app/web/1/3', 'LoadBalancerArn': '~loadbalancer/app/web/1',"
     " 'Port': 81, 'Protocol': 'HTTP', 'DefaultActions': [{'Type': 'forward', 'ForwardConfig':"
     " {'TargetGroups': [{'TargetGroupArn': '~targetgroup/a/1', 'Weight': 3}, {'TargetGroupArn':"
     " '~targetgroup/b/2', 'Weight': 0}]}}]}]}",
     "listener listener/app/web/1/1 of loadbalancer/app/web/1 HTTPS:443 "
     "1:forward=targetgroup/a/1*1\n"
     "listener listener/app/web/1/2 of loadbalancer/app/web/1 HTTP:80 1:oidc "
     "2:forward=targetgroup/a/1*1\n"
     "listener listener/app/web/1/3 of loadbalancer/app/web/1 HTTP:81 "
     "1:forward=targetgroup/a/1*3,targetgroup/b/2*0\n",
     IN(.account = NULL)},
    {"ELB-JSON-03 redirects and fixed responses have texts for numbers",
     "{'Listeners': [{'ListenerArn': '~listener/app/web/1/1', 'LoadBalancerArn':"
     " '~loadbalancer/app/web/1', 'Port': 80, 'Protocol': 'HTTP', 'DefaultActions': [{'Type':"
     " 'redirect', 'RedirectConfig': {'Protocol': 'HTTPS', 'Port': '443', 'Host': '#{host}',"
     " 'Path': '/#{path}', 'Query': 'q', 'StatusCode': 'HTTP_301'}}]}, {'ListenerArn':"
     " '~listener/app/web/1/2', 'LoadBalancerArn': '~loadbalancer/app/web/1', 'Port': 81,"
     " 'Protocol': 'HTTP', 'DefaultActions': [{'Type': 'fixed-response', 'FixedResponseConfig':"
     " {'StatusCode': '503', 'ContentType': 'text/plain', 'MessageBody': 'busy'}}]}]}",
     "listener listener/app/web/1/1 of loadbalancer/app/web/1 HTTP:80 "
     "1:redirect=HTTP_301,HTTPS,#{host},443,/#{path},q,-,-\n"
     "listener listener/app/web/1/2 of loadbalancer/app/web/1 HTTP:81 "
     "1:fixed=503,-,-,-,-,-,text/plain,busy\n",
     IN(.account = NULL)},
    {"ELB-JSON-03 a gateway listener has neither port nor protocol",
     "{'Listeners': [{'ListenerArn': '~listener/gwy/gw/3/1', 'LoadBalancerArn':"
     " '~loadbalancer/gwy/gw/3', 'DefaultActions': [{'Type': 'forward', 'TargetGroupArn':"
     " '~targetgroup/g/1'}]}]}",
     "listener listener/gwy/gw/3/1 of loadbalancer/gwy/gw/3 -:0 1:forward=targetgroup/g/1*1\n",
     IN(.account = NULL)},
    {"ELB-JSON-05 target groups of instances, addresses and functions",
     "{'TargetGroups': [{'TargetGroupArn': '~targetgroup/a/1', 'TargetGroupName': 'a', 'Protocol':"
     " 'HTTP', 'Port': 80, 'VpcId': 'vpc-1', 'HealthCheckProtocol': 'HTTP', 'HealthCheckPort':"
     " 'traffic-port', 'HealthCheckEnabled': true, 'HealthCheckIntervalSeconds': 30,"
     " 'HealthCheckTimeoutSeconds': 5, 'HealthyThresholdCount': 5, 'UnhealthyThresholdCount': 2,"
     " 'HealthCheckPath': '/', 'Matcher': {'HttpCode': '200'}, 'LoadBalancerArns': ['x'],"
     " 'ProtocolVersion': 'HTTP1', 'TargetControlPort': 1},"
     "{'TargetGroupArn': '~targetgroup/b/2', 'Protocol': 'TCP_UDP', 'Port': 53, 'TargetType': 'ip',"
     " 'IpAddressType': 'ipv6'},"
     "{'TargetGroupArn': '~targetgroup/f/3', 'TargetGroupName': 'f', 'TargetType': 'lambda',"
     " 'HealthCheckEnabled': false, 'LoadBalancerArns': []}]}",
     "group targetgroup/a/1 a HTTP:80 instance ipv4\n"
     "group targetgroup/b/2 - TCP_UDP:53 ip ipv6\n"
     "group targetgroup/f/3 f -:0 lambda ipv4 unchecked\n",
     IN(.account = NULL)},
    {"ELB-JSON-06 target health is registration and observation",
     "{'TargetHealthDescriptions': [{'Target': {'Id': 'i-1', 'Port': 80}, 'HealthCheckPort': '80',"
     " 'TargetHealth': {'State': 'unhealthy', 'Reason': 'Target.Timeout', 'Description': 'x'},"
     " 'AnomalyDetection': {'Result': 'normal'}, 'AdministrativeOverride': {}}, {'Target': {'Id':"
     " '10.0.2.15', 'Port': 8080, 'AvailabilityZone': 'us-east-1b', 'QuicServerId': "
     "'0x0123456789abcdef'},"
     " 'TargetHealth': {'State': 'unhealthy.draining'}}]}",
     "targets targetgroup/a/1 i-1:80@- 10.0.2.15:8080@us-east-1b\n"
     "health targetgroup/a/1 10.0.2.15:8080@us-east-1b=unhealthy.draining,- "
     "i-1:80@-=unhealthy,Target.Timeout\n",
     IN(.target_group_arn = ARN "targetgroup/a/1")},
    {"ELB-JSON-08 a Classic load balancer tells its Region and its account",
     "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old', 'DNSName':"
     " 'old-1.us-east-1.elb.amazonaws.com', 'CanonicalHostedZoneName': 'x',"
     " 'CanonicalHostedZoneNameID': 'Z35SXDOTRQ7X7K', 'ListenerDescriptions': [{'Listener':"
     " {'Protocol': 'HTTPS', 'LoadBalancerPort': 443, 'InstanceProtocol': 'HTTP', 'InstancePort':"
     " 8080, 'SSLCertificateId': 'c'}, 'PolicyNames': ['p']}], 'Policies': {},"
     " 'BackendServerDescriptions': [], 'AvailabilityZones': ['us-east-1a', 'us-east-1b'],"
     " 'Subnets': ['s'], 'VPCId': 'vpc-1', 'Instances': [{'InstanceId': 'i-1'}, {'InstanceId':"
     " 'i-2'}], 'HealthCheck': {}, 'SourceSecurityGroup': {'OwnerAlias': '123456789012',"
     " 'GroupName': 'g'}, 'SecurityGroups': [], 'CreatedTime': 'x', 'Scheme':"
     " 'internet-facing'}]}",
     "lb loadbalancer/old classic old old-1.us-east-1.elb.amazonaws.com. Z35SXDOTRQ7X7K "
     "internet-facing active ipv4 us-east-1a us-east-1b\n"
     "listener loadbalancer/old:443 of loadbalancer/old HTTPS:443 to HTTP:8080 "
     "1:forward=loadbalancer/old*1\n"
     "group loadbalancer/old old -:0 instance ipv4\n"
     "targets loadbalancer/old i-1:0@- i-2:0@-\n",
     IN(.account = NULL)},
    {"ELB-JSON-08 what a Classic load balancer does not tell, the context does",
     "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old', 'SourceSecurityGroup':"
     " {'OwnerAlias': 'amazon-elb'}}]}",
     "lb arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:loadbalancer/old classic old - - "
     "internet-facing active ipv4\n"
     "group arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:loadbalancer/old old -:0 "
     "instance ipv4\n"
     "targets arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:loadbalancer/old\n",
     IN(.account = "111122223333", .region = "cn-north-1")},
    {"ELB-JSON-08 an ARN names the partition of its Region",
     "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old'}]}",
     "lb arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:111122223333:loadbalancer/old classic "
     "old - - internet-facing active ipv4\n"
     "group arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:111122223333:loadbalancer/old old "
     "-:0 instance ipv4\n"
     "targets arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:111122223333:loadbalancer/old\n",
     IN(.account = "111122223333", .region = "us-gov-west-1")},
    {"ELB-JSON-09 health of Classic instances, by the load balancer's name",
     "{'InstanceStates': [{'InstanceId': 'i-1', 'State': 'InService', 'ReasonCode': 'N/A',"
     " 'Description': 'N/A'}, {'InstanceId': 'i-2', 'State': 'OutOfService', 'ReasonCode':"
     " 'Instance'}, {'InstanceId': 'i-3', 'State': 'Unknown'}]}",
     "targets loadbalancer/old i-1:0@- i-2:0@- i-3:0@-\n"
     "health loadbalancer/old i-1:0@-=healthy,N/A i-2:0@-=unhealthy,Instance "
     "i-3:0@-=unavailable,-\n",
     IN(.account = "123456789012", .region = "us-east-1", .load_balancer = "old")},
    {"ELB-JSON-09 health of Classic instances, by the load balancer's ARN",
     "{'InstanceStates': [{'InstanceId': 'i-1', 'State': 'InService'}]}",
     "targets loadbalancer/old i-1:0@-\nhealth loadbalancer/old i-1:0@-=healthy,-\n",
     IN(.load_balancer = ARN "loadbalancer/old")},
    {"ELB-JSON-02 ELB-JSON-06 a supplement says what AWS prints nowhere",
     "{'R53Supplement': {'Comment': 'c', 'NodeAddresses': [{'LoadBalancer':"
     " 'WEB-1.us-east-1.elb.amazonaws.com.', 'ZoneName': 'us-east-1a', 'Addresses': ['192.0.2.1',"
     " '2001:db8::1']}, {'LoadBalancer': '~loadbalancer/app/Web/1', 'ZoneName': 'us-east-1a',"
     " 'Addresses': []}], 'Instances': [{'InstanceId': 'i-1', 'AvailabilityZone': 'us-east-1a'}],"
     " 'Addresses': [{'DNSName': 'd1.test', 'Addresses': ['192.0.2.7']}]}}",
     "nodes web-1.us-east-1.elb.amazonaws.com us-east-1a=192.0.2.1,2001:db8::1\n"
     "nodes loadbalancer/app/Web/1 us-east-1a\n"
     "instance i-1 us-east-1a\n"
     "seen 8 =192.0.2.7\n",
     IN(.account = NULL)},
    {"ELB-SHIFT-01 a supplement tells zonal shifts, the last of which holds",
     "{'R53Supplement': {'ZonalShifts': [{'LoadBalancer': '~loadbalancer/app/web/1', 'ZoneName':"
     " 'us-east-1a', 'Comment': 'c'}, {'ZoneName': 'us-east-1b'}]}}",
     "marks loadbalancer/app/web/1 us-east-1b=shifted\n",
     IN(.load_balancer = ARN "loadbalancer/app/web/1")},
    {"ELB-DNS-32 ELB-ALG-08 a supplement tells impaired zones and mitigation weights",
     "{'R53Supplement': {'ImpairedZones': [{'LoadBalancer': '~loadbalancer/app/web/1', 'ZoneName':"
     " 'us-east-1b'}, {'LoadBalancer': '~loadbalancer/app/web/1', 'ZoneName': 'us-east-1a'}],"
     " 'ZonalShifts': [{'LoadBalancer': '~loadbalancer/app/web/1', 'ZoneName': 'us-east-1a'}],"
     " 'MitigationWeights': [{'TargetGroupArn': '~targetgroup/a/1', 'Target': {'Id': 'i-1',"
     " 'Port': 80}, 'Weight': 250}, {'Target': {'Id': 'i-2'}, 'Weight': 1}]}}",
     "marks loadbalancer/app/web/1 us-east-1a=shiftedimpaired us-east-1b=impaired\n"
     "weights i-1:80=250 i-1:81=1000 i-2:80=1\n",
     IN(.target_group_arn = ARN "targetgroup/a/1")},
    {"a bundle reads each document under its context, and the call's where that is silent",
     "{'R53Bundle': [{'Comment': 'c', 'Context': {'HostedZoneId': 'Z1', 'HostedZoneName':"
     " 'example.com'}, 'Document': [{'Name': 'a.example.com', 'Type': 'A', 'TTL': 1,"
     " 'ResourceRecords': [{'Value': '192.0.2.1'}]}]}, {'Document': {'TargetHealthDescriptions':"
     " [{'Target': {'Id': 'i-1'}}]}}, {'Document': {'TargetHealthDescriptions': [{'Target': {'Id':"
     " 'i-2'}}]}, 'Context': {'TargetGroupArn': '~targetgroup/b/2'}}, {'Context': {'LoadBalancer':"
     " 'old', 'Account': '123456789012', 'Region': 'us-east-1'}, 'Document': {'InstanceStates':"
     " [{'InstanceId': 'i-3', 'State': 'InService'}]}}]}",
     "zone Z1 example.com. public account=- reference=- comment=-\n"
     "a A 192.0.2.1 ttl=1\n"
     "targets targetgroup/a/1 i-1:0@-\n"
     "targets targetgroup/b/2 i-2:0@-\n"
     "targets loadbalancer/old i-3:0@-\n"
     "health loadbalancer/old i-3:0@-=healthy,-\n",
     IN(.target_group_arn = ARN "targetgroup/a/1")},
    {"a byte order mark is passed over", "\xEF\xBB\xBF{'TargetGroups': []}", "",
     IN(.account = NULL)},
};

static void check_load(void **state)
{
    const struct load_case *c = *state;
    static struct page page;
    struct world w;

    world_open(&w);
    if (read_quoted(&w, c->json, &c->context) != R53_OK || r53_report_count(w.report) != 0) {
        put_findings(&page, w.report);
        fail_msg("%s", page.text);
    }
    assert_int_equal(r53_import_commit(w.import), R53_OK);
    put_world(&page, &w);
    assert_string_equal(page.text, c->expected);
    world_close(&w);
}

/* Documents and what is said of them */

#define WWW "{'Name': 'www.example.com', 'Type': 'A', 'TTL': 60, 'ResourceRecords': [{'Value': "

static const struct fault_case {
    const char *what, *json, *findings;
    int32_t rc;
    r53_json_context context;
} faults[] = {
    {"R53-JSON-08 fields that are not known are notes, with their place",
     "{'ResourceRecordSets': [" WWW "'192.0.2.1', 'Colour': 'red'}], 'Flavour': {'a': 1}}],"
     " 'Weather': 1}",
     "note ResourceRecordSets[0].ResourceRecords[0].Colour: this field is not known and was not "
     "read\n"
     "note ResourceRecordSets[0].Flavour: this field is not known and was not read\n"
     "note Weather: this field is not known and was not read\n",
     R53_OK, IN(.hosted_zone_id = "Z1")},
    {"R53-JSON-08 numbers are JSON numbers, whole, and within the member's range",
     "{'ResourceRecordSets': [{'Name': 'a.example.com', 'Type': 'A', 'TTL': '60'},"
     " {'Name': 'b.example.com', 'Type': 'A', 'TTL': 60.5}, {'Name': 'c.example.com', 'Type': 'A',"
     " 'TTL': -1}, {'Name': 'd.example.com', 'Type': 'A', 'Weight': 9000000000000000000}]}",
     "error ResourceRecordSets[0].TTL: \"60\" is not a whole number\n"
     "error ResourceRecordSets[1].TTL: 60.5 is not a whole number\n"
     "error ResourceRecordSets[2].TTL: -1 is out of range; expected 0 to 4294967295\n"
     "error ResourceRecordSets[3].Weight: 9000000000000000000 is out of range; expected "
     "-2147483648 to 2147483647\n",
     R53_E_INVALID, IN(.hosted_zone_id = "Z1")},
    {"R53-JSON-08 coordinates are texts",
     "[{'Name': 'a.example.com', 'Type': 'A', 'SetIdentifier': 'x', 'GeoProximityLocation':"
     " {'Coordinates': {'Latitude': 49.5, 'Longitude': '1'}}}]",
     "error [0].GeoProximityLocation.Coordinates.Latitude: 49.5 is not a text\n", R53_E_INVALID,
     IN(.hosted_zone_id = "Z1")},
    {"a value of another kind is named, with what was expected",
     "{'LoadBalancers': [{'LoadBalancerArn': ['x'], 'Type': 'mesh', 'Scheme': null, 'State':"
     " 'active', 'AvailabilityZones': {}}, 7]}",
     "error LoadBalancers[0].LoadBalancerArn: a list is not a text\n"
     "error LoadBalancers[0].Type: \"mesh\" is not a type of load balancer; expected application, "
     "network, gateway\n"
     "error LoadBalancers[0].State: \"active\" is not an object\n"
     "error LoadBalancers[0].AvailabilityZones: an object is not a list\n"
     "error LoadBalancers[1]: 7 is not an object\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"what tells one object from another cannot be missing",
     "{'TargetGroups': [{'Port': 80}, {'TargetGroupArn': null}]}",
     "error TargetGroups[0].TargetGroupArn: this field is missing\n"
     "error TargetGroups[1].TargetGroupArn: this field is missing\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"R53-JSON-01 record sets need their hosted zone", "{'ResourceRecordSets': []}",
     "error ResourceRecordSets: the document does not say which hosted zone these record sets are "
     "in; give `hosted_zone_id` in the context\n",
     R53_E_INVALID, IN(.account = "123456789012")},
    {"R53-JSON-01 pages that are missing are told",
     "{'ResourceRecordSets': [], 'IsTruncated': true, 'NextRecordName': 'x', 'NextRecordType':"
     " 'A', 'NextRecordIdentifier': 'y', 'NextToken': 'z'}",
     "warning IsTruncated: this is one page of several; what the others list is missing\n"
     "warning NextToken: this is one page of several; what the others list is missing\n",
     R53_OK, IN(.hosted_zone_id = "Z1")},
    {"R53-JSON-04 a health check without what tells it from others",
     "{'HealthChecks': [{'HealthCheckConfig': {'Type': 'PING', 'Port': '80'}}, {'Id': 'x'}]}",
     "error HealthChecks[0].HealthCheckConfig.Type: \"PING\" is not a type of health check; "
     "expected HTTP, HTTPS, HTTP_STR_MATCH, HTTPS_STR_MATCH, TCP, CALCULATED, CLOUDWATCH_METRIC, "
     "RECOVERY_CONTROL\n"
     "error HealthChecks[0].HealthCheckConfig.Port: \"80\" is not a whole number\n"
     "error HealthChecks[0].Id: this field is missing\n"
     "error HealthChecks[1].HealthCheckConfig: this field is missing\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"R53-JSON-05 observations need their health check", "{'HealthCheckObservations': []}",
     "error HealthCheckObservations: the document does not say which health check these "
     "observations are of; give `health_check_id` in the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"R53-JSON-05 a status begins with one of two words",
     "{'HealthCheckObservations': [{'IPAddress': 'a', 'StatusReport': {'Status': 'Successful'}},"
     " {'IPAddress': 'a', 'StatusReport': {'Status': 'failure: x'}}, {'IPAddress': 'a',"
     " 'StatusReport': {'Status': true}}, {'StatusReport': {}}]}",
     "error HealthCheckObservations[0].StatusReport.Status: \"Successful\" is not a text that "
     "begins with Success: or Failure:\n"
     "error HealthCheckObservations[1].StatusReport.Status: \"failure: x\" is not a text that "
     "begins with Success: or Failure:\n"
     "error HealthCheckObservations[2].StatusReport.Status: true is not a text that begins with "
     "Success: or Failure:\n"
     "error HealthCheckObservations[3].StatusReport.Status: this field is missing\n"
     "error HealthCheckObservations[3].IPAddress: this field is missing\n",
     R53_E_INVALID, IN(.health_check_id = HC "1")},
    {"R53-JSON-06 blocks need their collection", "{'CidrBlocks': [], 'NextToken': 'x'}",
     "error CidrBlocks: the document does not say which CIDR collection these blocks are in; give "
     "`cidr_collection_id` in the context\n"
     "warning NextToken: this is one page of several; what the others list is missing\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"R53-JSON-06 locations without blocks say nothing",
     "{'CidrLocations': [{'LocationName': 'isp'}]}",
     "note CidrLocations: names of locations add nothing; list-cidr-blocks tells their blocks\n",
     R53_OK, IN(.account = NULL)},
    {"R53-GEOPROX-02 coordinates of a supplement are texts in AWS's form, both or none",
     "{'R53Supplement': {'Places': [{'Prefix': '192.0.2.0/24', 'Latitude': 49.2, 'Longitude':"
     " '1'}, {'Prefix': '192.0.2.0/24', 'Latitude': '49.225', 'Longitude': '181'}, {'Prefix':"
     " '192.0.2.0/24', 'Latitude': '-90.01', 'Longitude': 'x'}, {'Prefix': '192.0.2.0/24',"
     " 'Latitude': '90'}]}}",
     "error R53Supplement.Places[0].Latitude: 49.200000000000003 is not a latitude; expected a "
     "text "
     "like \"49.22\", -90 to 90\n"
     "error R53Supplement.Places[1].Latitude: \"49.225\" is not a latitude; expected a text like "
     "\"49.22\", -90 to 90\n"
     "error R53Supplement.Places[1].Longitude: \"181\" is not a longitude; expected a text like "
     "\"-74.01\", -180 to 180\n"
     "error R53Supplement.Places[2].Latitude: \"-90.01\" is not a latitude; expected a text like "
     "\"49.22\", -90 to 90\n"
     "error R53Supplement.Places[2].Longitude: \"x\" is not a longitude; expected a text like "
     "\"-74.01\", -180 to 180\n"
     "error R53Supplement.Places[3]: Latitude and Longitude go together; one of them is missing\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"R53-HC-11 a status and a state of a supplement are one of few words",
     "{'R53Supplement': {'HealthCheckStatus': [{'HealthCheckId': 'x', 'Status': 'healthy'}],"
     " 'Alarms': [{'HealthCheckId': 'x', 'State': 'Ok'}], 'Latencies': [{'Client': 'DE',"
     " 'Region': 'eu-west-1', 'Milliseconds': 1.5}]}}",
     "error R53Supplement.HealthCheckStatus[0].Status: \"healthy\" is not a status; expected "
     "Healthy, Unhealthy\n"
     "error R53Supplement.Alarms[0].State: \"Ok\" is not a state of an alarm; expected OK, ALARM, "
     "INSUFFICIENT_DATA\n"
     "error R53Supplement.Latencies[0].Milliseconds: 1.5 is not a whole number\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-SHIFT-01 ELB-ALG-08 a shift is of an ARN's zone, a weight of a target and above 0",
     "{'R53Supplement': {'ZonalShifts': [{'LoadBalancer': 'web', 'ZoneName': 'a'}, {'ZoneName':"
     " 'a'}, {'LoadBalancer': '~l'}], 'ImpairedZones': [{'LoadBalancer': '~l', 'ZoneName': ''}],"
     " 'MitigationWeights': [{'TargetGroupArn': 't', 'Target': {'Id': 'i'}, 'Weight': 0},"
     " {'TargetGroupArn': 't', 'Target': {'Id': 'i', 'Port': 70000}, 'Weight': 9},"
     " {'Target': {'Id': 'i'}, 'Weight': 9}]}}",
     "error R53Supplement.ZonalShifts[0]: LoadBalancer is not an ARN\n"
     "error R53Supplement.ZonalShifts[1]: LoadBalancer is missing, so it is not known whose zone "
     "this is; give `load_balancer` in the context\n"
     "error R53Supplement.ZonalShifts[2].ZoneName: this field is missing\n"
     "error R53Supplement.ImpairedZones[0].ZoneName: the value is missing\n"
     "error R53Supplement.MitigationWeights[0]: Weight is not from 1 to 1000 thousandths\n"
     "error R53Supplement.MitigationWeights[1].Target.Port: the value is missing or not valid; "
     "expected: the target group's ARN, the target's id, a port or 0, and a weight of at most 1000 "
     "thousandths\n"
     "error R53Supplement.MitigationWeights[2]: TargetGroupArn is missing, so it is not known whose "
     "target this is; give `target_group_arn` in the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-SHIFT-01 target health that shows a shift does not tell whose: a note",
     "{'TargetHealthDescriptions': [{'Target': {'Id': 'i-1'}, 'AdministrativeOverride': {'State':"
     " 'zonal_shift_active', 'Reason': 'r'}}, {'Target': {'Id': 'i-2'}, 'AdministrativeOverride':"
     " {'State': 'no_override'}}]}",
     "note TargetHealthDescriptions[0].AdministrativeOverride: a zonal shift is active, but this "
     "document does not say on which load balancer; a supplement's ZonalShifts tells it\n",
     R53_OK, IN(.target_group_arn = ARN "targetgroup/a/1")},
    {"R53-JSON-02 a request is not read but applied", "{'ChangeBatch': {'Changes': []}}",
     "error : a document with ChangeBatch is a request; r53_json_change applies it\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-06 target health needs its target group", "{'TargetHealthDescriptions': []}",
     "error TargetHealthDescriptions: the document does not say which target group these targets "
     "are of; give `target_group_arn` in the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-06 a state that no target has",
     "{'TargetHealthDescriptions': [{'Target': {'Id': 'i-1'}, 'TargetHealth': {'State': 'well'}}]}",
     "error TargetHealthDescriptions[0].TargetHealth.State: \"well\" is not a state of a target; "
     "expected initial, healthy, unhealthy, unhealthy.draining, unused, draining, unavailable\n",
     R53_E_INVALID, IN(.target_group_arn = "x")},
    {"ELB-JSON-08 a Classic load balancer needs Region and account",
     "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old', 'DNSName': 'elb.amazonaws.com'}]}",
     "error LoadBalancerDescriptions[0]: the document does not tell the Region; give `region` in "
     "the context\n"
     "error LoadBalancerDescriptions[0]: the document does not tell the account; give `account` in "
     "the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"ELB-JSON-08 a context that contradicts the description is told",
     "{'LoadBalancerDescriptions': [{'LoadBalancerName': 'old', 'DNSName':"
     " 'old-1.us-east-1.elb.amazonaws.com', 'SourceSecurityGroup': {'OwnerAlias':"
     " '123456789012'}}]}",
     "warning LoadBalancerDescriptions[0]: the context's `region` eu-west-1 is not what this load "
     "balancer's description tells, which counts\n"
     "warning LoadBalancerDescriptions[0]: the context's `account` 111122223333 is not what this "
     "load balancer's description tells, which counts\n",
     R53_OK, IN(.account = "111122223333", .region = "eu-west-1")},
    {"ELB-JSON-09 health of instances needs their load balancer", "{'InstanceStates': []}",
     "error InstanceStates: the document does not say which load balancer these instances are of; "
     "give `load_balancer` in the context\n",
     R53_E_INVALID, IN(.region = "us-east-1")},
    {"what the import refuses has its place too",
     "{'TargetGroups': [{'TargetGroupArn': 'a', 'Port': 70000}]}",
     "error TargetGroups[0].Port: 70000 is out of range; expected 0 to 65535\n", R53_E_INVALID,
     IN(.account = NULL)},
    {"a listener of a load balancer that nobody names",
     "{'Listeners': [{'ListenerArn': 'x', 'DefaultActions': []}]}",
     "error Listeners[0]: the listener does not say which load balancer it is of; give "
     "`load_balancer` in the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"a value without meaning is left out if so asked, the rest is read",
     "{'ResourceRecordSets': [" WWW "'192.0.2'}]}, " WWW "'192.0.2.2'}]}, {'Type': 'A'}]}",
     "error ResourceRecordSets[0]: Invalid Resource Record: 'FATAL problem: "
     "ARRDATAIllegalIPv4Address"
     " (Value is not a valid IPv4 address) encountered with '192.0.2''\n"
     "error ResourceRecordSets[2].Name: this field is missing\n",
     R53_OK, IN(.hosted_zone_id = "Z1", .skip_invalid = 1)},
    {"what the context lacks is not left out", "{'ResourceRecordSets': [1]}",
     "error ResourceRecordSets: the document does not say which hosted zone these record sets are "
     "in; give `hosted_zone_id` in the context\n",
     R53_E_INVALID, IN(.skip_invalid = 1)},
    {"a document of a bundle is left out if so asked",
     "{'R53Bundle': [{'Document': {'MetricAlarms': []}}, {'Document': {'ResourceRecordSets': []}},"
     " {'Context': 3}, {'Document': {'TargetGroups': [{'TargetGroupArn': 'a', 'Port': true}]}}]}",
     "error R53Bundle[0].Document: documents with MetricAlarms are not read by this version\n"
     "error R53Bundle[1].Document.ResourceRecordSets: the document does not say which hosted zone "
     "these record sets are in; give `hosted_zone_id` in the context\n"
     "error R53Bundle[2].Context: 3 is not an object\n"
     "error R53Bundle[2].Document: this field is missing\n"
     "error R53Bundle[3].Document.TargetGroups[0].Port: true is not a whole number\n",
     R53_OK, IN(.skip_invalid = 1)},
    {"a bundle in a bundle is refused", "{'R53Bundle': [{'Document': {'R53Bundle': []}}]}",
     "error R53Bundle[0].Document.R53Bundle: a bundle cannot lie in a bundle\n", R53_E_INVALID,
     IN(.account = NULL)},
    {"a document of no known kind", "{'Reservations': []}",
     "error : the document is of no known kind; expected one of the keys HostedZones, HostedZone, "
     "ResourceRecordSets, HealthChecks, HealthCheck, HealthCheckObservations, CidrCollections, "
     "Collection, CidrBlocks, CidrLocations, LoadBalancers, Listeners, Rules, TargetGroups, "
     "TargetHealthDescriptions, Attributes, Certificates, Certificate, TagDescriptions, "
     "LoadBalancerDescriptions, LoadBalancerAttributes, InstanceStates, PolicyDescriptions, "
     "SecurityGroups, VpcId, ResolverRules, ResolverRuleAssociations, "
     "R53Supplement, R53Bundle\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"a document of AWS that is not read", "{'MetricAlarms': []}",
     "error : documents with MetricAlarms are not read by this version\n", R53_E_INVALID,
     IN(.account = NULL)},
    {"two kinds in one document", "{'Listeners': [], 'TargetGroups': []}",
     "error : two kinds of documents in one; the other is TargetGroups\n", R53_E_INVALID,
     IN(.account = NULL)},
    {"a bare list of other things", "[{'Type': 'forward'}]",
     "error : a list without a key around it is read as record sets, but nothing in this one is "
     "such; print it with its key\n",
     R53_E_INVALID, IN(.hosted_zone_id = "Z1")},
    {"a bare list of hosted zones",
     "[{'Id': '/hostedzone/Z1', 'Name': 'example.com.', 'CallerReference': 'r'}]",
     "error : a list without a key around it is read as record sets, but nothing in this one is "
     "such; print it with its key\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"a supplement names the node's load balancer, or the context does",
     "{'R53Supplement': {'NodeAddresses': [{'ZoneName': 'a', 'Addresses': []}]}}",
     "error R53Supplement.NodeAddresses[0]: LoadBalancer is missing, so it is not known whose "
     "nodes "
     "these are; give `load_balancer` in the context\n",
     R53_E_INVALID, IN(.account = NULL)},
    {"a long value is not repeated",
     "{'HostedZones': [{'Id': 'Z1', 'Name': 'example.com', 'Config': {'PrivateZone': "
     "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}}]"
     "}",
     "error HostedZones[0].Config.PrivateZone: a long text is not true or false\n", R53_E_INVALID,
     IN(.account = NULL)},
    {"an empty text", "", "error:1:0 : '[' or '{' expected near end of file\n", R53_E_SYNTAX,
     IN(.account = NULL)},
    {"a comma too much, by line and column", "{'Listeners': [\n  {},\n  ]}",
     "error:3:3 : unexpected token near ']'\n", R53_E_SYNTAX, IN(.account = NULL)},
    {"text behind the document, by line and column", "{'Listeners': []}\nx",
     "error:2:1 : end of file expected near 'x'\n", R53_E_SYNTAX, IN(.account = NULL)},
    {"a key given twice, by line and column", "{'Listeners': [],\n 'Listeners': []}",
     "error:2:12 : duplicate object key near '\"Listeners\"'\n", R53_E_SYNTAX, IN(.account = NULL)},
    {"a number beyond 64 bits, by line and column",
     "{'Listeners': [\n{'Port': 99999999999999999999}]}",
     "error:2:29 : too big integer near '99999999999999999999'\n", R53_E_SYNTAX,
     IN(.account = NULL)},
    {"octets that are not UTF-8", "{'Listeners': '\xff'}",
     "error:1:15 : unable to decode byte 0xff near '\"'\n", R53_E_SYNTAX, IN(.account = NULL)},
    {"a text with NUL in it", "{'Listeners': '\\u0000'}",
     "error:1:22 : \\u0000 is not allowed without JSON_ALLOW_NUL near '\"\\u0000\"'\n",
     R53_E_SYNTAX, IN(.account = NULL)},
};

static void check_fault(void **state)
{
    const struct fault_case *c = *state;
    static struct page page;
    struct world w;
    int32_t rc;

    world_open(&w);
    rc = read_quoted(&w, c->json, &c->context);
    put_findings(&page, w.report);
    assert_string_equal(page.text, c->findings);
    assert_int_equal(rc, c->rc);
    world_close(&w);
}

static void skipping(void **state)
{
    const r53_json_context context =
        IN(.hosted_zone_id = "Z1", .hosted_zone_name = "example.com", .skip_invalid = 1);
    static struct page page;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(read_quoted(&w,
                                 "[" WWW "'192.0.2'}]}, {'Name': 'b.example.com', 'Type': 'A',"
                                 " 'TTL': 1, 'ResourceRecords': [{'Value': '192.0.2.2'}]}]",
                                 &context),
                     R53_OK);
    assert_int_equal(r53_import_commit(w.import), R53_OK);
    put_world(&page, &w);
    assert_non_null(strstr(page.text, "\nb A 192.0.2.2 ttl=1\n"));
    assert_null(strstr(page.text, "www"));
    world_close(&w);
}

/* Without a report, and with another one than the import's. */
static void reports(void **state)
{
    static const char json[] = "{\"TargetGroups\": [{\"TargetGroupArn\": \"a\", \"Port\": 70000}]}";
    static struct page page;
    r53_report *other;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(r53_report_new(&other, NULL), R53_OK);
    assert_int_equal(r53_json_read(w.import, json, strlen(json), NULL, NULL), R53_E_INVALID);
    assert_int_equal(r53_json_read(w.import, json, strlen(json), NULL, other), R53_E_INVALID);
    put_findings(&page, other);
    assert_string_equal(page.text, "error TargetGroups[0]: the import refuses this; its own report "
                                   "says why\n");
    r53_report_free(other);
    world_close(&w);
}

static void misuse(void **state)
{
    r53_json_context context = {0};
    struct {
        r53_json_context known;
        const char *more;
    } later = {{.size = sizeof(later)}, NULL};
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(r53_json_read(NULL, "{}", 2, NULL, w.report), R53_E_INVALID);
    assert_int_equal(r53_json_read(w.import, NULL, 0, NULL, w.report), R53_E_INVALID);
    assert_int_equal(r53_json_read(w.import, "[]", 2, &context, w.report), R53_E_INVALID);
    assert_int_equal(r53_report_count_of(w.report, R53_SEVERITY_ERROR), 3);
    later.known.hosted_zone_id = "Z1";
    assert_int_equal(r53_json_read(w.import, "[]", 2, &later.known, w.report), R53_OK);
    later.more = "x";
    assert_int_equal(r53_json_read(w.import, "[]", 2, &later.known, w.report), R53_E_INVALID);
    world_close(&w);
}

/* As deep as text can go: refused by depth, or read without a deep stack of ours. */
static void deep(void **state)
{
    enum { DEPTH = 100000 };
    char *text = malloc(2 * DEPTH + 40);
    const r53_json_context context = IN(.hosted_zone_id = "Z1");
    struct world w;

    (void)state;
    assert_non_null(text);
    world_open(&w);
    for (size_t depth = 100; depth <= DEPTH; depth *= 10) {
        size_t n = (size_t)sprintf(text, "[{\"Name\": ");

        memset(text + n, '[', depth);
        memset(text + n + depth, ']', depth);
        memcpy(text + n + 2 * depth, "}]", 2);
        assert_int_equal(read_exactly(&w, text, n + 2 * depth + 2, &context),
                         depth < 2000 ? R53_E_INVALID : R53_E_SYNTAX);
    }
    free(text);
    world_close(&w);
}

/* A field whose name is too long for a path. */
static void long_keys(void **state)
{
    static char text[5000];
    const r53_json_context context = IN(.hosted_zone_id = "Z1");
    static struct page page;
    struct world w;
    size_t n = (size_t)sprintf(text, "{\"ResourceRecordSets\": [], \"");

    (void)state;
    memset(text + n, 'k', 4000);
    strcpy(text + n + 4000, "\": 1}");
    world_open(&w);
    assert_int_equal(read_exactly(&w, text, strlen(text), &context), R53_OK);
    put_findings(&page, w.report);
    assert_string_equal(page.text, "note : this field is not known and was not read\n");
    world_close(&w);
}

static void mutations(void **state)
{
    enum { ROUNDS = 400 };

    (void)state;
    for (size_t i = 0; i < COUNT(loads) * ROUNDS; i++)
        read_mutated(loads[i % COUNT(loads)].json, i, NULL);
}

/* Documents cut off anywhere are malformed, and no byte behind them is looked at. */
static void cuts(void **state)
{
    char *json = unquote(loads[0].json);
    struct world w;

    (void)state;
    world_open(&w);
    for (size_t n = 0; n < strlen(json); n++)
        assert_int_equal(read_exactly(&w, json, n, NULL), R53_E_SYNTAX);
    free(json);
    world_close(&w);
}

static void starving(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(loads); i++)
        read_starving(loads[i].what, loads[i].json, &loads[i].context, NULL);
}

/* A context that cannot be read: what is wrong with it, and what would be right. */
static void context_refused(void **state)
{
    static const struct {
        r53_json_context context;
        const char *text;
    } rows[] = {
        {{.size = 0}, "the size of the context is 0; expected its sizeof, "},
        {{.size = sizeof(r53_json_context) - 1}, " here, or another multiple of 4"},
        {{.size = sizeof(r53_json_context), .n_subnets = 1},
         "the context's subnets are NULL, but their number is 1"},
    };
    static const char empty[] = "{\"HostedZones\": []}";
    r53_finding finding = {.size = sizeof(finding)};
    struct {
        r53_json_context known;
        uint32_t later;
    } grown = {.known = {.size = sizeof(grown)}};
    struct world w;

    (void)state;
    world_open(&w);
    for (size_t i = 0; i < COUNT(rows); i++) {
        r53_report_clear(w.report);
        assert_int_equal(read_exactly(&w, empty, sizeof(empty) - 1, &rows[i].context),
                         R53_E_INVALID);
        assert_int_equal(r53_report_get(w.report, 0, &finding), R53_OK);
        assert_non_null(strstr(finding.text, rows[i].text));
    }
    assert_int_equal(read_exactly(&w, empty, sizeof(empty) - 1, &grown.known), R53_OK);
    grown.later = 1;
    r53_report_clear(w.report);
    assert_int_equal(read_exactly(&w, empty, sizeof(empty) - 1, &grown.known), R53_E_INVALID);
    assert_int_equal(r53_report_get(w.report, 0, &finding), R53_OK);
    assert_non_null(strstr(finding.text, "that are known here are not 0"));
    world_close(&w);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(loads) + COUNT(faults) + 9];
    size_t n = 0;

    ADD_CASES(tests, n, loads, check_load);
    ADD_CASES(tests, n, faults, check_fault);
    ADD_TEST(tests, n, "what is left out is not in the cloud, the rest is", skipping);
    ADD_TEST(tests, n, "without a report, or with another than the import's", reports);
    ADD_TEST(tests, n, "R53_E_INVALID for missing pointers and unknown members", misuse);
    ADD_TEST(tests, n, "deep nesting ends in an error", deep);
    ADD_TEST(tests, n, "a key too long for a path is left out of it", long_keys);
    ADD_TEST(tests, n, "any change of a valid document ends in a result", mutations);
    ADD_TEST(tests, n, "R53-JSON-03 a document that is cut off is malformed", cuts);
    ADD_TEST(tests, n, "a context of the wrong size is told what is right", context_refused);
    ADD_TEST(tests, n, "any allocation may fail", starving);
    return RUN_TESTS("json", tests, n);
}
