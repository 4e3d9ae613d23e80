#include "check_text.h"

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

static int32_t kind_of(const char *word)
{
    for (int32_t type = R53_CHECK_HTTP; type <= R53_CHECK_RECOVERY_CONTROL; type++) {
        if (strcasecmp(r53_health_check_type_name(type), word) == 0)
            return type;
    }
    fail_msg("no health check type '%s'", word);
    return 0;
}

static void say_checkers(r53_import *import, const char *id, unsigned up, unsigned total)
{
    for (unsigned i = 0; i < total; i++) {
        char checker[32];

        snprintf(checker, sizeof(checker), "us-east-1/192.0.2.%u", i);
        assert_int_equal(r53_import_checker(import, id, checker,
                                            i < up ? R53_HEALTH_HEALTHY : R53_HEALTH_UNHEALTHY),
                         R53_OK);
    }
}

/* Words of what was seen; false: another word. */
static bool say_seen(r53_import *import, const char *id, const char *word)
{
    unsigned up, total;

    if (strcmp(word, "up") == 0 || strcmp(word, "down") == 0) {
        int32_t status = *word == 'u' ? R53_HEALTH_HEALTHY : R53_HEALTH_UNHEALTHY;

        assert_int_equal(r53_import_health_check_status(import, id, status), R53_OK);
    } else if (sscanf(word, "%u/%u", &up, &total) == 2) {
        say_checkers(import, id, up, total);
    } else if (strncmp(word, "alarm=", 6) == 0) {
        for (const char *at = word + 6; *at; at += at[1] == ',' ? 2 : 1)
            assert_int_equal(r53_import_alarm(import, id, *at - '0'), R53_OK);
    } else {
        return false;
    }
    return true;
}

static void children_cut(r53_health_check *check, const char **children, char *list)
{
    for (char *next; list && *list; list = next) {
        next = strchr(list, ',');
        if (next)
            *next++ = '\0';
        assert_true(check->n_child_health_checks < CHECK_TEXT_CHILDREN);
        children[check->n_child_health_checks++] = list;
    }
    check->child_health_checks = children;
}

static void say_word(r53_health_check *check, const char **children, char *word)
{
    if (strcmp(word, "inverted") == 0) {
        check->inverted = 1;
    } else if (strcmp(word, "disabled") == 0) {
        check->disabled = 1;
    } else if (strncmp(word, "threshold=", 10) == 0) {
        check->has_health_threshold = 1;
        check->health_threshold = (int32_t)strtol(word + 10, NULL, 10);
    } else if (strncmp(word, "missing=", 8) == 0) {
        check->insufficient_data_health_status = (int32_t)strtol(word + 8, NULL, 10);
    } else if (strncmp(word, "children=", 9) == 0) {
        children_cut(check, children, word + 9);
    } else {
        fail_msg("unknown word '%s' of a health check", word);
    }
}

/* What a kind cannot do without, so that the import finds nothing to warn of. */
static void fill_in(r53_health_check *check)
{
    if (check->type == R53_CHECK_CLOUDWATCH_METRIC) {
        check->alarm_region = "us-east-1";
        check->alarm_name = "alarm";
    } else if (check->type == R53_CHECK_RECOVERY_CONTROL) {
        check->routing_control_arn = "arn:aws:route53-recovery-control::123456789012:x";
    } else if (check->type != R53_CHECK_CALCULATED) {
        check->ip_address = "198.51.100.254";
        check->port = 80;
        check->search_string = strstr(r53_health_check_type_name(check->type), "STR_MATCH");
    }
}

bool check_text_say(r53_import *import, const char *line, size_t length)
{
    const char *children[CHECK_TEXT_CHILDREN], *id;
    r53_health_check check = {.size = sizeof(check)};
    char words[2000], *rest, *word;
    bool described = length > 6 && memcmp(line, "check ", 6) == 0;

    if (!described && !(length > 4 && memcmp(line, "saw ", 4) == 0))
        return false;
    assert_true(length < sizeof(words));
    memcpy(words, line, length);
    words[length] = '\0';
    strtok_r(words, " ", &rest);
    check.id = id = strtok_r(NULL, " ", &rest);
    if (described)
        check.type = kind_of(strtok_r(NULL, " ", &rest));
    while ((word = strtok_r(NULL, " ", &rest))) {
        if (!say_seen(import, id, word))
            say_word(&check, children, word);
    }
    if (described) {
        fill_in(&check);
        assert_int_equal(r53_import_health_check(import, &check), R53_OK);
    }
    return true;
}
