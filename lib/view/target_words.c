#include "view/target_words.h"

#include <string.h>

#define NOT_IN_USE "Target.NotInUse"
#define MISMATCH   "Target.ResponseCodeMismatch"
#define FAILED     "Target.FailedHealthChecks"

#define INVALID_STATE "Target.InvalidState"

/* What is said of a state that comes without reason. */
static const char *const reasons[] = {
    [R53_TARGET_INITIAL] = "Elb.InitialHealthChecking",
    [R53_TARGET_HEALTHY] = NULL,
    [R53_TARGET_UNHEALTHY] = FAILED,
    [R53_TARGET_UNHEALTHY_DRAINING] = FAILED,
    [R53_TARGET_UNUSED] = NOT_IN_USE,
    [R53_TARGET_DRAINING] = "Target.DeregistrationInProgress",
    [R53_TARGET_UNAVAILABLE] = "Elb.InternalError",
};

/* ELB-ST-02 */
static const struct sentence {
    const char *reason, *text;
} sentences[] = {
    {"Elb.RegistrationInProgress", "Target registration is in progress"},
    {"Elb.InitialHealthChecking", "Initial health checks in progress"},
    {"Elb.InternalError", "Health checks failed due to an internal error"},
    {MISMATCH, "Health checks failed with these codes: "},
    {"Target.Timeout", "Request timed out"},
    {FAILED, "Health checks failed"},
    {"Target.NotRegistered", "Target is not registered to the target group"},
    {NOT_IN_USE, "Target group is not configured to receive traffic from the load balancer"},
    {INVALID_STATE, "Target is in the terminated or stopped state"},
    {"Target.IpUnusable",
     "The IP address cannot be used as a target, as it is in use by a load balancer"},
    {"Target.DeregistrationInProgress", "Target deregistration is in progress"},
    {"Target.HealthCheckDisabled", "Health checks are disabled"},
};

static const char *sentence_of(const char *reason)
{
    for (size_t i = 0; reason && i < sizeof(sentences) / sizeof(*sentences); i++) {
        if (strcmp(sentences[i].reason, reason) == 0)
            return sentences[i].text;
    }
    return NULL; /* a code that is not AWS's */
}

static struct target_words words_of(int32_t state, const char *reason)
{
    struct target_words words = {.state = state, .state_name = r53_target_state_name(state)};

    if (state != R53_TARGET_HEALTHY)
        words.reason = reason && *reason ? reason : reasons[state];
    words.description = sentence_of(words.reason);
    return words;
}

/* The first row that holds. */
struct target_words r53__target_words(const struct target_group *group,
                                      const struct pool_target *target)
{
    struct target_words words;

    if (target->exclusion == TARGET_IS_GONE || target->exclusion == TARGET_IS_DRAINING)
        return words_of(target->state, target->reason);
    if (!group->health_checked && target->exclusion != TARGET_IS_UNUSED) /* ELB-ALB-SEL-04 */
        return words_of(R53_TARGET_UNAVAILABLE, "Target.HealthCheckDisabled");
    if (target->exclusion == TARGET_ZONE_DISABLED) { /* ELB-LB-13 */
        words = words_of(R53_TARGET_UNUSED, NOT_IN_USE);
        words.description =
            "Target is in an Availability Zone that is not enabled for the load balancer";
        return words;
    }
    words = words_of(target->state, target->reason);
    if (words.reason && strcmp(words.reason, MISMATCH) == 0) {
        words.status_code = target->status_code;
        if (words.status_code == 0) /* nobody told which code */
            words.description = "Health checks failed";
    }
    return words;
}

/* Classic; ELB-CLB-15. The cause is the load balancer ("ELB"), the instance, or there is none. */

static const struct target_words in_service = {R53_TARGET_HEALTHY, "InService", "N/A", "N/A", 0};
static const struct target_words deregistering = {
    R53_TARGET_DRAINING, "InService", "N/A", "Instance deregistration currently in progress.", 0};
static const struct target_words not_registered = {
    R53_TARGET_UNUSED, "OutOfService", "Instance",
    "Instance is not currently registered with the LoadBalancer.", 0};
static const struct target_words zone_disabled = {
    R53_TARGET_UNUSED, "OutOfService", "ELB",
    "Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to route "
    "traffic to.",
    0};
static const struct target_words stopped = {R53_TARGET_UNUSED, "OutOfService", "Instance",
                                            "Instance is in stopped state.", 0};
static const struct target_words registering = {R53_TARGET_UNHEALTHY, "OutOfService", "ELB",
                                                "Instance registration is still in progress.", 0};
static const struct target_words failing = {
    R53_TARGET_UNHEALTHY, "OutOfService", "Instance",
    "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.",
    0};
static const struct target_words recovering = {
    R53_TARGET_UNHEALTHY, "OutOfService", "Instance",
    "Instance has not passed the configured HealthyThreshold number of health checks "
    "consecutively.",
    0};
static const struct target_words transient = {R53_TARGET_UNAVAILABLE, "Unknown", "ELB",
                                              "A transient error occurred. Please try again later.",
                                              0};

/* Does what is told name the load balancer as the cause? "ELB", or a code of elbv2's. */
static bool blames_balancer(const char *reason)
{
    return strcmp(reason, "ELB") == 0 || strncmp(reason, "Elb.", 4) == 0;
}

static struct target_words unhealthy_words(const struct pool_target *target)
{
    if (strcmp(target->reason, INVALID_STATE) == 0)
        return stopped;
    if (blames_balancer(target->reason))
        return registering;
    return target->recovers ? recovering : failing;
}

/* By state, where that alone tells; ELB-ST-06: a stopped one is observed as unused. */
static const struct target_words *const instance_states[] = {
    [R53_TARGET_INITIAL] = &registering,   [R53_TARGET_HEALTHY] = &in_service,
    [R53_TARGET_UNHEALTHY] = NULL,         [R53_TARGET_UNHEALTHY_DRAINING] = NULL,
    [R53_TARGET_UNUSED] = &stopped,        [R53_TARGET_DRAINING] = &deregistering,
    [R53_TARGET_UNAVAILABLE] = &transient,
};

struct target_words r53__instance_words(const struct pool_target *target)
{
    if (target->exclusion == TARGET_IS_GONE)
        return not_registered;
    if (target->exclusion == TARGET_ZONE_DISABLED && target->state != R53_TARGET_DRAINING)
        return zone_disabled; /* ELB-CLB-14 */
    return instance_states[target->state] ? *instance_states[target->state]
                                          : unhealthy_words(target);
}
