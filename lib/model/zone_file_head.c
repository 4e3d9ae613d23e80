/*
 * What stands between the owner and the value of a record. TTL and class are told from each other,
 * and from the type, by how they are written: only a TTL begins with a digit.
 */
#include "model/zone_file_priv.h"

#include "base/rules.h"

#include <r53/type.h>

enum { TYPE_NAME_MAX = 10 };

bool r53__reader_ttl(struct reader *r, struct master_place place, uint64_t seconds,
                     struct known_ttl *ttl)
{
    bool fits = seconds <= TTL_MAX; /* R53-TYPE-06 */

    *ttl = (struct known_ttl){true, fits ? (uint32_t)seconds : 0};
    if (!fits)
        r53__file_say(&r->file->judge, &(struct file_remark){.place = place,
                                                             .code = R53_E_INVALID,
                                                             .rule = RULE_R53_TYPE_06,
                                                             .format = "the TTL '{0}' is above "
                                                                       "2147483647 seconds",
                                                             .text = r->token.text});
    return fits || r->file->judge.lenient;
}

enum answer { IS_NOT, IS_TAKEN, IS_REFUSED };

/* No type begins with a digit. */
static enum answer ttl_take(struct reader *r, struct head *head)
{
    struct span text = r->token.text;
    uint64_t seconds;

    if (head->ttl.is_known || text.length == 0 || text.at[0] < '0' || text.at[0] > '9')
        return IS_NOT;
    if (!r53__master_ttl(text, &seconds)) {
        r53__reader_say(r, 0, 0, "'{0}' is not a TTL");
        return IS_REFUSED;
    }
    if (!r53__reader_ttl(r, r->token.place, seconds, &head->ttl))
        return IS_REFUSED;
    r->ttls[TTL_BEFORE] = head->ttl;
    return IS_TAKEN;
}

/* "TYPE65" -> 65, RFC 3597 5. */
static bool numbered(struct span text, struct span prefix, uint64_t *number)
{
    size_t n = prefix.length;

    return text.length > n && r53__equal_nocase((struct span){text.at, n}, prefix) &&
           r53__parse_decimal((struct span){text.at + n, text.length - n}, UINT16_MAX, number);
}

static enum answer class_take(struct reader *r, struct head *head)
{
    static const char *const others[] = {"CH", "CHAOS", "HS", "HESIOD", "CS", "CSNET"};
    struct span text = r->token.text;
    uint64_t number = 0;
    bool is_other = numbered(text, SPAN("CLASS"), &number) && number != 1;

    if (head->has_class)
        return IS_NOT;
    head->has_class = true;
    if (number == 1 || r53__equal_nocase(text, SPAN("IN")))
        return IS_TAKEN;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others) && !is_other; i++)
        is_other = r53__equal_nocase(text, r53__span(others[i]));
    head->has_class = is_other;
    if (!is_other)
        return IS_NOT;
    r53__reader_say(r, R53_E_INVALID, 0,
                    "the class '{0}' is not IN, the only one that Route 53 has");
    return IS_REFUSED;
}

static const struct rr_type *type_find(struct span text)
{
    char upper[TYPE_NAME_MAX];
    uint64_t number;

    if (numbered(text, SPAN("TYPE"), &number))
        return r53__type_find((uint16_t)number);
    if (text.length > sizeof(upper))
        return NULL;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];

        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
    }
    return r53__type_by_name((struct span){upper, text.length});
}

/* The records of these do not make their name exist: RFC 5155 7.2.8, and what signs them. */
static bool type_makes_owners(struct span text)
{
    static const char *const others[] = {"RRSIG", "TYPE46", "NSEC3", "TYPE50"};

    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
        if (r53__equal_nocase(text, r53__span(others[i])))
            return false;
    }
    return true;
}

bool r53__reader_head(struct reader *r, struct head *head)
{
    enum answer answer = IS_TAKEN;

    for (;; r53__master_next(&r->master, &r->token)) {
        if (!r53__reader_expect(r, "the record has no type"))
            return false;
        answer = ttl_take(r, head);
        if (answer == IS_NOT)
            answer = class_take(r, head);
        if (answer != IS_TAKEN)
            break;
    }
    if (answer == IS_REFUSED)
        return false;
    head->type = type_find(r->token.text);
    if (head->type)
        return true;
    r53__reader_say(r, R53_E_INVALID, RULE_R53_TYPE_01,
                    "the type '{0}' is none that Route 53 can hold");
    head->type = &r53__type_none;
    return r->file->judge.lenient && type_makes_owners(r->token.text);
}
