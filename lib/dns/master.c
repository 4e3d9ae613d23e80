#include "dns/master.h"

#include "dns/escape.h"

#include <string.h>

static void place_here(const struct master *master, struct master_place *place);
static bool is_blank(char c);
static void blank_read(struct master *master, struct master_token *token);
static void comment_skip(struct master *master);
static bool line_end(struct master *master);
static void end_read(struct master *master, struct master_token *token);
static bool parenthesis(struct master *master, struct master_token *token);
static void quoted_read(struct master *master, struct master_token *token);
static void word_read(struct master *master, struct master_token *token);
static void fault_set(struct master_token *token, struct span words);

void r53__master_init(struct master *master, const char *text, size_t length)
{
    static const struct span mark = {"\xef\xbb\xbf", 3}; /* of UTF-8, which some editors write */

    text = text ? text : "";
    if (length >= mark.length && memcmp(text, mark.at, mark.length) == 0) {
        text += mark.length;
        length -= mark.length;
    }
    *master = (struct master){
        .at = text, .end = text + length, .line_start = text, .line = 1, .fresh = true};
}

void r53__master_next(struct master *master, struct master_token *token)
{
    for (;;) {
        place_here(master, &token->place);
        if (master->at == master->end) {
            end_read(master, token);
            return;
        }
        switch (*master->at) {
        case ' ':
        case '\t':
        case '\r':
            blank_read(master, token);
            if (token->kind == MASTER_BLANK)
                return;
            break;
        case ';':
            comment_skip(master);
            break;
        case '\n':
            if (line_end(master)) {
                *token = (struct master_token){MASTER_LINE_END, token->place, {"", 0}};
                return;
            }
            break;
        case '(':
        case ')':
            if (!parenthesis(master, token))
                return;
            break;
        case '"':
            quoted_read(master, token);
            return;
        default:
            word_read(master, token);
            return;
        }
    }
}

void r53__master_skip(struct master *master)
{
    struct master_token token;

    while (!master->fresh)
        r53__master_next(master, &token);
}

/* A file with lines beyond counting is not worth an overflow. */
static int32_t number(size_t n)
{
    return n < INT32_MAX ? (int32_t)n : INT32_MAX;
}

static void place_here(const struct master *master, struct master_place *place)
{
    *place =
        (struct master_place){master->line, number((size_t)(master->at - master->line_start) + 1)};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Says MASTER_BLANK where that means something, and any other kind where not. */
static void blank_read(struct master *master, struct master_token *token)
{
    while (master->at < master->end && is_blank(*master->at))
        master->at++;
    token->kind = master->fresh ? MASTER_BLANK : MASTER_WORD;
    token->text = (struct span){"", 0};
    master->fresh = false;
}

static void comment_skip(struct master *master)
{
    const char *newline = memchr(master->at, '\n', (size_t)(master->end - master->at));

    master->at = newline ? newline : master->end;
}

/* Takes the new line; does it end a record? An empty line and one in parentheses do not. */
static bool line_end(struct master *master)
{
    bool ends = !master->fresh && master->depth == 0;

    master->at++;
    master->line_start = master->at;
    if (master->line < INT32_MAX)
        master->line++;
    if (master->depth == 0)
        master->fresh = true;
    return ends;
}

static void end_read(struct master *master, struct master_token *token)
{
    token->text = (struct span){"", 0};
    if (master->depth) {
        token->place = master->opened;
        master->depth = 0;
        fault_set(token, SPAN("the parenthesis is not closed"));
        return;
    }
    token->kind = master->fresh ? MASTER_END : MASTER_LINE_END; /* the last line may lack its end */
    master->fresh = true;
}

/* False: a fault. */
static bool parenthesis(struct master *master, struct master_token *token)
{
    bool opens = *master->at++ == '(';

    master->fresh = false;
    if (!opens && master->depth == 0) {
        fault_set(token, SPAN("the parenthesis was not opened"));
        return false;
    }
    if (opens && master->depth++ == 0)
        master->opened = token->place;
    else if (!opens)
        master->depth--;
    return true;
}

/* A backslash takes the character behind it along, but never the end of the line. */
static void escape_skip(struct master *master)
{
    master->at++;
    if (master->at < master->end && *master->at != '\n')
        master->at++;
}

static void quoted_read(struct master *master, struct master_token *token)
{
    const char *from = ++master->at;

    master->fresh = false;
    while (master->at < master->end && *master->at != '\n') {
        if (*master->at == '"') {
            token->kind = MASTER_QUOTED;
            token->text = (struct span){from, (size_t)(master->at++ - from)};
            return;
        }
        if (*master->at == '\\')
            escape_skip(master);
        else
            master->at++;
    }
    fault_set(token, SPAN("the quotation mark is not closed on its line"));
}

/* Goes to what ends a word, or to a backslash: most of a file's characters pass here. */
static void plain_skip(struct master *master)
{
    static const uint8_t stops[UINT8_MAX + 1] = {
        [' '] = 1, ['\t'] = 1, ['\r'] = 1, ['\n'] = 1, [';'] = 1,
        ['('] = 1, [')'] = 1,  ['"'] = 1,  ['\\'] = 1,
    };
    const char *at = master->at, *end = master->end;

    while (at < end && !stops[(uint8_t)*at])
        at++;
    master->at = at;
}

static void word_read(struct master *master, struct master_token *token)
{
    const char *from = master->at;

    master->fresh = false;
    for (plain_skip(master); master->at < master->end && *master->at == '\\'; plain_skip(master))
        escape_skip(master);
    token->kind = MASTER_WORD;
    token->text = (struct span){from, (size_t)(master->at - from)};
}

static void fault_set(struct master_token *token, struct span words)
{
    token->kind = MASTER_FAULT;
    token->text = words;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool r53__master_octet(struct span *rest, uint8_t *octet)
{
    size_t used = 1;
    uint64_t n = (uint8_t)rest->at[0];

    if (n == '\\') {
        if (rest->length < 2)
            return false;
        n = (uint8_t)rest->at[1];
        used = 2;
        if (is_digit(rest->at[1])) { /* RFC 1035 5.1: decimal */
            used = 4;
            if (rest->length < used ||
                !r53__parse_decimal((struct span){rest->at + 1, 3}, UINT8_MAX, &n))
                return false;
        }
    }
    *octet = (uint8_t)n;
    *rest = (struct span){rest->at + used, rest->length - used};
    return true;
}

/* As r53__master_octet; in line, for nearly all are plain. */
static inline bool octet_take(struct span *rest, uint8_t *octet)
{
    if (rest->at[0] == '\\')
        return r53__master_octet(rest, octet);
    *octet = (uint8_t)rest->at[0];
    *rest = (struct span){rest->at + 1, rest->length - 1};
    return true;
}

/* Puts the origin behind the `length` octets of a relative name. */
static enum name_fault name_end(struct name_buffer *out, size_t length, struct name origin)
{
    if (length + origin.length > NAME_OCTETS_MAX)
        return NAME_TOO_LONG;
    memcpy(out->octets + length, origin.octets, origin.length);
    out->length = (uint8_t)(length + origin.length);
    return NAME_OK;
}

/* `length` is where the present label's length byte stands, `end` where its next octet goes. */
enum name_fault r53__master_name(struct name_buffer *out, struct span text, struct name origin)
{
    static const uint8_t root = 0;
    size_t length = 0, end = 1;

    if (text.length == 0)
        return NAME_EMPTY;
    if (text.length == 1 && text.at[0] == '@')
        return name_end(out, 0, origin);
    if (text.length == 1 && text.at[0] == '.')
        return name_end(out, 0, (struct name){&root, 1});
    while (text.length > 0) {
        uint8_t octet;

        if (text.at[0] == '.') {
            if (end == length + 1)
                return NAME_LABEL_EMPTY;
            out->octets[length] = (uint8_t)(end - length - 1);
            length = end++;
            text = (struct span){text.at + 1, text.length - 1};
            continue;
        }
        if (!octet_take(&text, &octet))
            return NAME_UNSUPPORTED_CHARACTER;
        if (end - length > 63)
            return NAME_LABEL_TOO_LONG;
        if (end > NAME_OCTETS_MAX - 2)
            return NAME_TOO_LONG;
        out->octets[end++] = (uint8_t)r53__lower((char)octet); /* R53-NAME-05 */
    }
    if (end == length + 1) /* the last dot was there */
        return name_end(out, length, (struct name){&root, 1});
    out->octets[length] = (uint8_t)(end - length - 1);
    return name_end(out, end, origin);
}

static bool unit_seconds(char c, uint64_t *seconds)
{
    static const struct {
        char letter;
        uint32_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};

    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        if (units[i].letter == r53__lower(c)) {
            *seconds = units[i].seconds;
            return true;
        }
    }
    return false;
}

bool r53__master_ttl(struct span text, uint64_t *seconds)
{
    const uint64_t far = UINT64_C(1) << 40;
    uint64_t sum = 0, unit = 1;
    size_t i = 0;

    if (text.length == 0)
        return false;
    while (i < text.length) {
        size_t from = i;
        uint64_t n = 0;

        for (; i < text.length && is_digit(text.at[i]); i++)
            n = n < far ? n * 10 + (uint64_t)(text.at[i] - '0') : far;
        if (i == from || (i == text.length && from > 0)) /* a unit for each number, or for none */
            return false;
        if (i < text.length && !unit_seconds(text.at[i++], &unit))
            return false;
        n = n < far ? n * unit : far;
        sum = sum + n < far ? sum + n : far;
    }
    *seconds = sum;
    return true;
}

/* Written as it is: printable, and without meaning to a reader of master files. */
static bool is_plain(uint8_t octet)
{
    if (octet >= 'a' && octet <= 'z') /* most are */
        return true;
    return octet > 0x20 && octet < 0x7f && !memchr("\".;\\()@$", octet, 8);
}

static void octet_put(struct text *text, uint8_t octet)
{
    if (is_plain(octet)) {
        r53__put_char(text, (char)octet);
        return;
    }
    r53__put_char(text, '\\');
    r53__put_char(text, (char)('0' + octet / 100));
    r53__put_char(text, (char)('0' + octet / 10 % 10));
    r53__put_char(text, (char)('0' + octet % 10));
}

/* A label as it stands, if all of it is plain, or octet by octet. */
static void label_put(struct text *text, const uint8_t *label)
{
    size_t plain = 0;

    while (plain < *label && is_plain(label[1 + plain]))
        plain++;
    r53__put_span(text, (struct span){(const char *)label + 1, plain});
    for (size_t i = plain; i < *label; i++)
        octet_put(text, label[1 + i]);
}

void r53__master_put_name(struct text *text, struct name name)
{
    if (name.length == 1)
        r53__put_char(text, '.');
    for (const uint8_t *label = name.octets; *label; label += 1 + *label) {
        label_put(text, label);
        r53__put_char(text, '.');
    }
}

/*
 * Route 53's \ooo becomes \DDD, or the character itself where that is safe: octal stands in names,
 * and in strings for what is not printable. Other escapes are the same in both worlds.
 */
void r53__master_put_value(struct text *text, struct span value)
{
    if (!value.length || !memchr(value.at, '\\', value.length)) { /* as nearly always */
        r53__put_span(text, value);
        return;
    }
    for (size_t i = 0; i < value.length;) {
        struct span rest = {value.at + i, value.length - i};
        uint8_t octet;

        if (r53__escape_read(rest, &octet)) {
            octet_put(text, octet);
            i += 4;
        } else if (rest.at[0] == '\\' && rest.length > 1) {
            r53__put_span(text, (struct span){rest.at, 2});
            i += 2;
        } else {
            r53__put_char(text, rest.at[0]);
            i++;
        }
    }
}
