/*
 * health: what an account's load balancers are made of and how they are, as one table.
 *
 *   health FILE...      a FILE is what the AWS CLI prints, a supplement or a bundle; see r53/json.h
 *
 * A cloud lists what there is (r53/elb_describe.h), a view tells how it is (r53/status.h).
 */
#include "load.h"

#include <stdio.h>
#include <string.h>

enum { FILES_MAX = 64 };

/* Last part of an ARN that a reader knows: "targetgroup/web/73e2..." */
static const char *arn_tail(const char *arn)
{
    const char *colon = strrchr(arn, ':');

    return colon ? colon + 1 : arn;
}

/* Load balancers and zones */

static void print_zone(const r53_zone_health *zone)
{
    printf("  zone      %s: %s, %s DNS", zone->zone_name, zone->healthy ? "healthy" : "unhealthy",
           zone->in_dns ? "in" : "not in");
    if (zone->target_group_arn)
        printf("; %s has %u of %u healthy", arn_tail(zone->target_group_arn),
               (unsigned)zone->n_healthy, (unsigned)zone->n_registered);
    printf("%s%s\n", zone->shifted ? "; shifted" : "", zone->impaired ? "; impaired" : "");
}

static void print_balancer(const r53_view *view, const r53_load_balancer *lb)
{
    r53_load_balancer_health health = {.size = sizeof(health)};
    r53_zone_health zone = {.size = sizeof(zone)};

    if (r53_load_balancer_health_get(view, lb->load_balancer_arn, &health) != R53_OK)
        return;
    printf("%s, %s: %s%s\n", arn_tail(lb->load_balancer_arn),
           r53_load_balancer_state_name(health.state), health.healthy ? "healthy" : "unhealthy",
           health.dns_fail_open ? ", DNS fails open" : "");
    for (uint32_t i = 0; r53_zone_health_get(view, lb->load_balancer_arn, i, &zone) == R53_OK; i++)
        print_zone(&zone);
}

/* Listeners and rules */

static void print_actions(const r53_listener_action *const *actions, uint32_t n)
{
    static const char *const words[] = {
        "?", "forward", "redirect", "fixed response", "authenticate", "authenticate", "validate"};

    for (uint32_t i = 0; i < n; i++) {
        printf("%s %s", i ? ", then" : " ->", words[actions[i]->type]);
        for (uint32_t j = 0; j < actions[i]->n_target_groups; j++)
            printf(" %s*%u", arn_tail(actions[i]->target_groups[j].target_group_arn),
                   (unsigned)actions[i]->target_groups[j].weight);
        if (actions[i]->status_code)
            printf(" %s", actions[i]->status_code);
    }
    putchar('\n');
}

static void print_rule(const r53_listener_rule *rule)
{
    printf("    rule    %s", rule->priority);
    for (uint32_t i = 0; i < rule->n_conditions; i++)
        printf("%s %s", i ? "," : "", rule->conditions[i]->field);
    print_actions(rule->actions, rule->n_actions);
}

/* Did one of them tell the default action? An account need not have documents of rules. */
static bool print_rules(const r53_cloud *cloud, const char *listener_arn)
{
    r53_elb_listing *rules = NULL;
    const r53_listener_rule *rule;
    bool by_default = false;

    if (r53_listener_rules_list(&rules, cloud, listener_arn, NULL) != R53_OK)
        return false;
    while ((rule = r53_elb_listing_next_listener_rule(rules)) != NULL) {
        print_rule(rule);
        by_default = strcmp(rule->priority, "default") == 0;
    }
    r53_elb_listing_free(rules);
    return by_default;
}

static void print_listener(const r53_cloud *cloud, const r53_listener *listener)
{
    printf("  listener  %s %d\n", r53_protocol_name(listener->protocol), (int)listener->port);
    if (!listener->listener_arn) /* a Classic one has neither ARN nor rules */
        return;
    if (!print_rules(cloud, listener->listener_arn)) {
        printf("    rule    default");
        print_actions(listener->default_actions, listener->n_default_actions);
    }
}

static void print_listeners(const r53_cloud *cloud, const char *load_balancer_arn)
{
    r53_elb_listing *listeners = NULL;
    const r53_listener *listener;

    if (r53_listeners_list(&listeners, cloud, load_balancer_arn, NULL) != R53_OK)
        return;
    while ((listener = r53_elb_listing_next_listener(listeners)) != NULL)
        print_listener(cloud, listener);
    r53_elb_listing_free(listeners);
}

/* Target groups and targets */

static void print_target(const r53_target_health *target)
{
    printf("    target  %s", target->id);
    if (target->port)
        printf(" %d", (int)target->port);
    if (target->availability_zone)
        printf(" in %s", target->availability_zone);
    printf(": %s", target->state_name);
    if (target->description && strcmp(target->description, "N/A") != 0)
        printf(" (%s)", target->description);
    puts(target->fail_open       ? "; takes traffic, as its group fails open"
         : target->takes_traffic ? "; takes traffic"
                                 : "");
}

static void print_targets(const r53_view *view, const char *group, const char *load_balancer)
{
    const r53_target_health_query query = {
        .size = sizeof(query), .target_group_arn = group, .load_balancer_arn = load_balancer};
    r53_target_health_listing *targets = NULL;
    const r53_target_health *target;

    if (r53_target_healths_list(&targets, view, &query, NULL) != R53_OK)
        return;
    while ((target = r53_target_health_listing_next(targets)) != NULL)
        print_target(target);
    r53_target_health_listing_free(targets);
}

static void print_groups(const struct loaded *account, const char *load_balancer_arn)
{
    r53_elb_listing *groups = NULL;
    const r53_target_group *group;

    if (r53_target_groups_list(&groups, account->cloud, load_balancer_arn, NULL) != R53_OK)
        return;
    while ((group = r53_elb_listing_next_target_group(groups)) != NULL) {
        if (!load_balancer_arn && group->n_load_balancer_arns)
            continue; /* told with its load balancer */
        printf("  group     %s%s\n", arn_tail(group->target_group_arn),
               load_balancer_arn ? "" : ", of no load balancer");
        print_targets(account->view, group->target_group_arn, load_balancer_arn);
    }
    r53_elb_listing_free(groups);
}

static int print_all(const struct loaded *account)
{
    r53_elb_listing *balancers = NULL;
    const r53_load_balancer *lb;

    if (r53_load_balancers_list(&balancers, account->cloud) != R53_OK)
        return 1;
    while ((lb = r53_elb_listing_next_load_balancer(balancers)) != NULL) {
        print_balancer(account->view, lb);
        print_listeners(account->cloud, lb->load_balancer_arn);
        if (lb->type == R53_LB_CLASSIC) /* its instances are in no group */
            print_targets(account->view, lb->load_balancer_arn, NULL);
        print_groups(account, lb->load_balancer_arn);
        putchar('\n');
    }
    print_groups(account, NULL);
    r53_elb_listing_free(balancers);
    return 0;
}

int main(int argc, char **argv)
{
    struct source files[FILES_MAX] = {{.name = NULL}};
    struct telling how = {.program = "health", .quiet = true};
    struct loaded account;
    int result;

    if (argc < 2 || argc > FILES_MAX) {
        fputs("usage: health FILE...\n", stderr);
        return 2;
    }
    for (int i = 1; i < argc; i++)
        files[i - 1] = (struct source){argv[i], {.size = sizeof(r53_json_context)}};
    account = sources_load_all(files, (size_t)argc - 1, false, 0, how);
    if (!account.view)
        return 1;
    result = print_all(&account);
    r53_view_release(account.view);
    r53_cloud_free(account.cloud);
    return result || fflush(stdout) ? 1 : 0;
}
