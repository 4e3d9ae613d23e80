/*
 * Views, several alive at once, each with a digest of what it answers to a few fixed questions:
 * asked again when it is let go, it must answer the same.
 */
#include "fuzz/calls.h"

void digest_answer(uint64_t *digest, r53_answer *answer)
{
    static const int32_t sections[] = {R53_SECTION_ANSWER, R53_SECTION_AUTHORITY,
                                       R53_SECTION_ADDITIONAL};
    r53_answer_summary summary = {.size = sizeof(summary)};
    r53_record record = {.size = sizeof(record)};

    MUST(r53_answer_summarize(answer, &summary) == R53_OK);
    digest_number(digest, summary.rcode);
    digest_number(digest, summary.disposition);
    digest_number(digest, summary.origin);
    digest_text(digest, summary.set_identifier);
    for (size_t s = 0; s < LENGTH(sections); s++) {
        size_t n = r53_answer_count(answer, sections[s]);

        for (size_t i = 0; i < n; i++) {
            MUST(r53_answer_record(answer, sections[s], i, &record) == R53_OK);
            digest_text(digest, record.name);
            digest_text(digest, record.value);
            digest_number(digest, record.ttl);
        }
    }
}

void digest_selection(uint64_t *digest, const r53_selection *s)
{
    digest_number(digest, s->outcome);
    digest_number(digest, s->status);
    digest_number(digest, s->matched_priority);
    digest_number(digest, s->target_port);
    digest_number(digest, s->rule);
    digest_text(digest, s->availability_zone);
    digest_text(digest, s->target_group_arn);
    digest_text(digest, s->target_id);
    digest_number(digest, s->cookies);
}

static void digest_resolved(uint64_t *digest, const r53_view *view)
{
    r53_answer *answer;

    MUST(r53_answer_new(&answer, NULL) == R53_OK);
    for (size_t i = 0; i < LENGTH(record_names); i++) {
        r53_query query = {.size = sizeof(query), .name = record_names[i], .seed = i};
        int32_t rc = r53_resolve(view, &query, answer, NULL);

        MUST(rc == R53_OK || rc == R53_E_AMBIGUOUS || rc == R53_E_INVALID);
        digest_number(digest, rc);
        digest_answer(digest, answer);
    }
    r53_answer_free(answer);
}

static void digest_balancers(uint64_t *digest, const r53_view *view)
{
    for (size_t i = 0; i < LENGTH(balancer_names); i++) {
        r53_load_balancer_health health = {.size = sizeof(health)};
        r53_selection selection = {.size = sizeof(selection)};
        r53_request request = {.size = sizeof(request), .seed = i};

        request.load_balancer = balancer_names[i].arn;
        digest_number(digest, r53_load_balancer_health_get(view, request.load_balancer, &health));
        digest_number(digest, health.healthy);
        digest_number(digest, health.fault);
        digest_number(digest, r53_elb_select(view, &request, NULL, &selection, NULL));
        if (selection.outcome)
            digest_selection(digest, &selection);
    }
}

static void digest_targets(uint64_t *digest, const r53_view *view)
{
    for (size_t i = 0; i < LENGTH(group_arns); i++) {
        const r53_target_health_query query = {.size = sizeof(query),
                                               .target_group_arn = group_arns[i]};
        r53_target_health_listing *listing;
        const r53_target_health *health;

        if (r53_target_healths_list(&listing, view, &query, NULL) != R53_OK)
            continue;
        while ((health = r53_target_health_listing_next(listing))) {
            digest_text(digest, health->id);
            digest_text(digest, health->state_name);
            digest_text(digest, health->reason);
            digest_number(digest, health->takes_traffic);
        }
        r53_target_health_listing_free(listing);
    }
}

static void digest_checks(uint64_t *digest, const r53_view *view)
{
    for (size_t i = 0; i < LENGTH(check_ids); i++) {
        r53_health_check_status status = {.size = sizeof(status)};

        digest_number(digest, r53_health_check_status_get(view, check_ids[i], &status));
        digest_number(digest, status.status);
        digest_number(digest, status.basis);
        for (uint32_t k = 0; k < status.n_checkers; k++)
            digest_text(digest, r53_health_check_checker(view, check_ids[i], k, NULL));
    }
}

static uint64_t view_digest(const r53_view *view)
{
    uint64_t digest = 0;

    digest_resolved(&digest, view);
    digest_balancers(&digest, view);
    digest_targets(&digest, view);
    digest_checks(&digest, view);
    return digest;
}

/* Views */

const r53_view *view_pick(struct play *p)
{
    return p->views[below(&p->in, VIEWS)].view;
}

static void view_drop(struct play *p, size_t i)
{
    if (!p->views[i].view)
        return;
    p->torture.fail_at = 0;
    MUST(view_digest(p->views[i].view) == p->views[i].digest);
    digest_number(&p->log, (int64_t)p->views[i].digest);
    r53_view_release(p->views[i].view);
    p->views[i].view = NULL;
}

void views_drop(struct play *p)
{
    for (size_t i = 0; i < VIEWS; i++)
        view_drop(p, i);
}

static int32_t view_new(struct play *p)
{
    static const int64_t steps[] = {0, 1, 1000, 60000, 300000, 4000000, -5000};
    size_t i = below(&p->in, VIEWS);
    int64_t now_ms = p->now_ms + ONE_OF(&p->in, steps);
    r53_view *view;
    int32_t rc =
        r53_view_new(&view, p->cloud, take(&p->in) % 4 ? p->observed : NULL, now_ms, p->report);

    if (rc != R53_OK)
        return rc;
    p->torture.fail_at = 0; /* what follows is no part of the call */
    view_drop(p, i);
    p->now_ms = now_ms;
    p->views[i] = (struct kept_view){view, view_digest(view)};
    return R53_OK;
}

static int32_t view_release(struct play *p)
{
    view_drop(p, below(&p->in, VIEWS));
    return R53_OK;
}

static call_function *const calls[] = {view_new, view_new, view_new, view_release};

const struct call_table view_calls = {calls, LENGTH(calls)};
