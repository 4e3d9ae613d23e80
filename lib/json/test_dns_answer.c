/*
 * The answer of TestDNSAnswer as the CLI prints it (R53-JSON-07). Written once to measure and once
 * to keep; no jansson, since a text with a fixed shape needs no values made and no memory.
 */
#include <r53/json.h>

#include <stdbool.h>

/* Counts all that is put, also past the capacity. */
struct page {
    char *at;
    size_t capacity, length;
};

static void put_char(struct page *page, char c)
{
    if (page->length < page->capacity)
        page->at[page->length] = c;
    page->length++;
}

static void put(struct page *page, const char *text)
{
    while (*text)
        put_char(page, *text++);
}

/* "\u0007": names and values are printable ASCII as they come, but nothing else may break out. */
static void put_escaped(struct page *page, unsigned char octet)
{
    static const char digits[] = "0123456789abcdef";

    put(page, "\\u00");
    put_char(page, digits[octet / 16]);
    put_char(page, digits[octet % 16]);
}

static void put_text(struct page *page, const char *text)
{
    put_char(page, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c < ' ' || c > '~') {
            put_escaped(page, c);
            continue;
        }
        if (c == '"' || c == '\\')
            put_char(page, '\\');
        put_char(page, *text);
    }
    put_char(page, '"');
}

static void put_member(struct page *page, const char *key, const char *value, const char *behind)
{
    put(page, "    ");
    put_text(page, key);
    put(page, ": ");
    put_text(page, value);
    put(page, behind);
}

static int32_t put_data(struct page *page, r53_answer *answer, size_t n)
{
    r53_record record = {.size = sizeof(record)};

    put(page, "    \"RecordData\": [");
    for (size_t i = 0; i < n; i++) {
        int32_t rc = r53_answer_record(answer, R53_SECTION_ANSWER, i, &record);

        if (rc != R53_OK)
            return rc == R53_E_NOMEM ? rc : R53_E_INVALID;
        put(page, i ? ",\n        " : "\n        ");
        put_text(page, record.value);
    }
    put(page, n ? "\n    ],\n" : "],\n");
    return R53_OK;
}

static int32_t put_result(struct page *page, const r53_test_dns_result *result, r53_answer *answer)
{
    int32_t rc;

    put(page, "{\n");
    put_member(page, "Nameserver", result->nameserver, ",\n");
    put_member(page, "RecordName", result->record_name, ",\n");
    put_member(page, "RecordType", result->record_type, ",\n");
    rc = put_data(page, answer, result->n_record_data);
    put_member(page, "ResponseCode", result->response_code, ",\n");
    put_member(page, "Protocol", result->protocol, "\n}");
    return rc;
}

static bool result_is_whole(const r53_test_dns_result *result)
{
    return result && result->size >= sizeof(*result) && result->nameserver && result->record_name &&
           result->record_type && result->response_code && result->protocol;
}

int32_t r53_json_test_dns_answer(const r53_test_dns_result *result, r53_answer *answer,
                                 char *buffer, size_t capacity, size_t *length)
{
    struct page measured = {0}, page = {buffer, capacity, 0};
    int32_t rc;

    if (!result_is_whole(result) || !answer || (capacity && !buffer))
        return R53_E_INVALID;
    rc = put_result(&measured, result, answer);
    if (rc != R53_OK)
        return rc;
    if (length)
        *length = measured.length;
    if (measured.length >= capacity)
        return R53_E_NO_SPACE;
    put_result(&page, result, answer);
    put_char(&page, '\0');
    return R53_OK;
}
