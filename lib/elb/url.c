#include "elb/url.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return r53__lower(c) >= 'a' && r53__lower(c) <= 'z';
}

/* Offset of the first of `stops` at or behind `from`, or the length. */
static size_t find_any(struct span text, size_t from, const char *stops)
{
    while (from < text.length && (!text.at[from] || !strchr(stops, text.at[from])))
        from++;
    return from;
}

static struct span part(struct span text, size_t from, size_t to)
{
    return (struct span){text.at + from, to - from};
}

static bool is_clean(struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c <= 0x20 || c == 0x7f)
            return false;
    }
    return true;
}

/* Length of "http://" or "https://" at the beginning, or 0. */
static size_t scheme_length(struct span text)
{
    static const struct span schemes[] = {{"http://", 7}, {"https://", 8}};

    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
        if (text.length >= schemes[i].length &&
            r53__equal_nocase(part(text, 0, schemes[i].length), schemes[i]))
            return schemes[i].length;
    }
    return 0;
}

/* At most five digits up to 65535; an empty port is none. */
static bool port_valid(struct span port)
{
    uint64_t number;

    return port.length == 0 || (port.length <= 5 && r53__parse_decimal(port, 65535, &number));
}

bool r53__host_split(struct span host_port, struct span *host)
{
    size_t colon;
    bool bracket = host_port.length > 0 && host_port.at[0] == '[';

    if (bracket) {
        colon = find_any(host_port, 0, "]") + 1;
        if (colon > host_port.length)
            return false;
    } else {
        colon = find_any(host_port, 0, ":");
    }
    *host = part(host_port, 0, colon);
    if (colon == host_port.length)
        return true;
    return host_port.at[colon] == ':' && port_valid(part(host_port, colon + 1, host_port.length));
}

bool r53__url_parse(struct span text, struct url *url)
{
    size_t from = scheme_length(text), path, query, end;
    struct span host;

    *url = (struct url){{text.at, 0}, {text.at, 0}, {text.at, 0}, {text.at, 0}, false};
    if (!is_clean(text) || text.length == 0)
        return false;
    path = from ? find_any(text, from, "/?#") : 0;
    end = find_any(text, path, "#");
    query = find_any(part(text, 0, end), path, "?");
    url->has_query = query < end;
    url->path = part(text, path, query);
    url->path_query = part(text, path, end);
    if (url->has_query)
        url->query = part(text, query + 1, end);
    if (from) {
        url->host_port = part(text, from, path);
        if (url->path.length == 0)
            url->path = SPAN("/");
        return r53__host_split(url->host_port, &host) && host.length > 0;
    }
    return url->path.length > 0 && (url->path.at[0] == '/' || r53__span_is(url->path, "*"));
}

/* Normalisation */

static int hex_value(char c)
{
    char low = r53__lower(c);

    if (is_digit(c))
        return c - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static bool is_unreserved(char c)
{
    return is_digit(c) || is_letter(c) || (c && strchr("-._~", c));
}

/* The byte that "%41" at `i` stands for, or -1: no escape. */
static int escape_at(struct span path, size_t i)
{
    int high, low;

    if (path.at[i] != '%' || path.length - i < 3)
        return -1;
    high = hex_value(path.at[i + 1]);
    low = hex_value(path.at[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Decodes what may be decoded; returns the new length. */
static size_t decode(struct span path, char *out)
{
    static const char capitals[] = "0123456789ABCDEF";
    size_t n = 0;

    for (size_t i = 0; i < path.length; i++) {
        int byte = escape_at(path, i);

        if (byte < 0) {
            out[n++] = path.at[i];
            continue;
        }
        if (is_unreserved((char)byte)) {
            out[n++] = (char)byte;
        } else {
            out[n++] = '%';
            out[n++] = capitals[byte >> 4];
            out[n++] = capitals[byte & 15];
        }
        i += 2;
    }
    return n;
}

/* RFC 3986 5.2.4 in place on a path that begins with "/"; returns the new length. */
static size_t remove_dots(char *path, size_t length)
{
    size_t n = 0, i = 0;

    while (i < length) {
        size_t end = i + 1; /* of the segment "/..." at i */
        bool last, dot, dots;

        while (end < length && path[end] != '/')
            end++;
        last = end == length;
        dot = end - i == 2 && path[i + 1] == '.';
        dots = end - i == 3 && path[i + 1] == '.' && path[i + 2] == '.';
        if (dots) {
            while (n > 0 && path[--n] != '/') {
            }
        }
        if (!dot && !dots) {
            memmove(path + n, path + i, end - i);
            n += end - i;
        } else if (last) {
            path[n++] = '/';
        }
        i = end;
    }
    return n;
}

static bool is_normal(struct span path)
{
    for (size_t i = 0; i < path.length; i++) {
        if (path.at[i] == '%' ||
            (path.at[i] == '/' && i + 1 < path.length && path.at[i + 1] == '.'))
            return false;
    }
    return true;
}

struct span r53__path_normalize(struct span path, char *buffer)
{
    size_t n;

    if (is_normal(path) || path.length == 0 || path.at[0] != '/')
        return path;
    n = remove_dots(buffer, decode(path, buffer));
    return (struct span){buffer, n};
}
