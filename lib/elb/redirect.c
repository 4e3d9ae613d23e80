#include "elb/redirect.h"

#include <string.h>

/* Is the result one that can be sent? It begins with what it has to, or is not empty. */
static bool result_valid(const struct rewrite *rewrite, char first)
{
    char start[2];
    struct text text;

    if (!rewrite->replace)
        return true;
    r53__text_init(&text, start, sizeof(start));
    r53__rewrite_put(&text, rewrite, REWRITE_ALL);
    return text.length > 0 && (!first || start[0] == first);
}

int32_t r53__outgoing_make(struct outgoing *out, const struct fleet *fleet,
                           const struct listener *listener, const struct rule *rule,
                           const struct subject *subject, uint32_t *changed)
{
    int32_t host, url;

    out->listener = listener;
    out->lb = fleet->lb;
    *changed = 0;
    host = r53__rewrite_find(&out->host, rule, TRANSFORM_HOST, subject->host_header);
    if (host < 0)
        return host;
    /* ELB-ALB-XFORM-04, -05 */
    url = r53__rewrite_find(&out->url, rule, TRANSFORM_URL, subject->request->url.path_query);
    if (url < 0)
        return url;
    *changed = (uint32_t)(host << TRANSFORM_HOST | url << TRANSFORM_URL);
    if (!result_valid(&out->host, '\0') || !result_valid(&out->url, '/'))
        return R53_E_NOT_FOUND;
    return R53_OK;
}

static const char *listener_protocol(const struct outgoing *out)
{
    return out->listener->protocol == R53_PROTOCOL_HTTPS ? "https" : "http";
}

/* Keywords, ELB-ALB-ACT-22, -24 */

static void put_protocol(struct text *text, const struct outgoing *out)
{
    r53__put(text, listener_protocol(out));
}

static void put_host(struct text *text, const struct outgoing *out)
{
    r53__rewrite_put(text, &out->host, REWRITE_HOST_NAME);
}

static void put_port(struct text *text, const struct outgoing *out)
{
    r53__put_i64(text, out->listener->port);
}

static void put_path(struct text *text, const struct outgoing *out)
{
    r53__rewrite_put(text, &out->url, REWRITE_PATH);
}

static void put_query(struct text *text, const struct outgoing *out)
{
    r53__rewrite_put(text, &out->url, REWRITE_QUERY);
}

static const struct keyword {
    struct span word;
    void (*put)(struct text *text, const struct outgoing *out);
} keywords[] = {
    {{"#{protocol}", 11}, put_protocol}, {{"#{host}", 7}, put_host},   {{"#{port}", 7}, put_port},
    {{"#{path}", 7}, put_path},          {{"#{query}", 8}, put_query},
};

static const struct keyword *keyword_at(const char *at)
{
    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++) {
        if (strncmp(at, keywords[i].word.at, keywords[i].word.length) == 0)
            return &keywords[i];
    }
    return NULL;
}

/* Once, left to right; what is no keyword is itself. */
static void put_component(struct text *text, const struct outgoing *out, const char *component,
                          const char *otherwise)
{
    for (const char *at = component ? component : otherwise; *at;) {
        const struct keyword *keyword = keyword_at(at);

        if (keyword) {
            keyword->put(text, out);
            at += keyword->word.length;
        } else {
            r53__put_char(text, *at++);
        }
    }
}

static void put_scheme(struct text *text, const struct outgoing *out, const char *protocol)
{
    if (!protocol || strcmp(protocol, "#{protocol}") == 0)
        protocol = listener_protocol(out);
    for (; *protocol; protocol++)
        r53__put_char(text, r53__lower(*protocol));
}

void r53__location_put(struct text *text, const struct outgoing *out, const struct action *action)
{
    struct text measured;

    put_scheme(text, out, action->protocol);
    r53__put(text, "://");
    put_component(text, out, action->host, "#{host}");
    r53__put_char(text, ':'); /* ELB-ALB-ACT-23: always */
    put_component(text, out, action->port, "#{port}");
    put_component(text, out, action->path, "/#{path}");
    /* the "?" goes with a query that is not empty, which shows only when it is put */
    r53__text_init(&measured, NULL, 0);
    put_component(&measured, out, action->query, "#{query}");
    if (measured.length == 0)
        return;
    r53__put_char(text, '?');
    put_component(text, out, action->query, "#{query}");
}

void r53__host_put(struct text *text, const struct outgoing *out)
{
    bool https = out->listener->protocol == R53_PROTOCOL_HTTPS;

    if (out->lb->preserve_host) {
        r53__rewrite_put(text, &out->host, REWRITE_ALL);
        return;
    }
    r53__rewrite_put(text, &out->host, REWRITE_HOST_NAME);
    if (out->listener->port != (https ? 443 : 80)) {
        r53__put_char(text, ':');
        r53__put_i64(text, out->listener->port);
    }
}
