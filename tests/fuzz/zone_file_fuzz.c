/*
 * Any octets as a zone file. The first octet says how: bit 0 leniently, bit 1 into a zone that is
 * there. What is read is written and read again, and must be the same.
 */
#include "fuzz/fuzz.h"

#include <r53/zone_file.h>

#include <stdlib.h>
#include <string.h>

static char *written(const r53_cloud *cloud, size_t *length)
{
    char *text;

    if (r53_zone_file_write(cloud, "ZF", NULL, 0, length, NULL) != R53_E_NO_SPACE)
        abort();
    text = malloc(*length + 1);
    if (!text || r53_zone_file_write(cloud, "ZF", text, *length + 1, NULL, NULL) != R53_OK)
        abort();
    return text;
}

static r53_cloud *read_zone(const char *text, size_t length, int32_t lenient, r53_report *report)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZF", .name = "example.com"};
    const r53_zone_file_options options = {
        .size = sizeof(options), .lenient = lenient, .hosted_zone = &zone};
    r53_cloud *cloud;
    r53_import *import;
    int32_t rc;

    if (r53_cloud_new(&cloud, NULL) != R53_OK ||
        r53_import_new(&import, cloud, NULL, report) != R53_OK)
        abort();
    rc = r53_import_zone_file(import, &options, text, length);
    if (rc != R53_OK && lenient)
        abort();
    if (rc != R53_OK && r53_report_count_of(report, R53_SEVERITY_ERROR) == 0)
        abort();
    if (rc == R53_OK && r53_import_commit(import) != R53_OK)
        abort();
    r53_import_free(import);
    if (rc == R53_OK)
        return cloud;
    r53_cloud_free(cloud);
    return NULL;
}

/*
 * What a lenient zone keeps of records that Route 53 lacks are names alone. A comment tells of them,
 * so they do not come back, and their lines are left out here.
 */
static size_t without_kept(char *text)
{
    static const char told[] = " exists for records of types that Route 53 lacks";
    char *to = text;

    for (const char *line = text, *end; *line; line = end) {
        end = line + strcspn(line, "\n") + 1;
        if ((size_t)(end - line) > sizeof(told) && line[0] == ';' &&
            memcmp(end - sizeof(told), told, sizeof(told) - 1) == 0)
            continue;
        memmove(to, line, (size_t)(end - line));
        to += end - line;
    }
    return (size_t)(to - text);
}

static void there_and_back(const r53_cloud *cloud, r53_report *report)
{
    size_t length, again_length;
    char *text = written(cloud, &length), *again;
    r53_cloud *copy = read_zone(text, length, 1, report);

    again = written(copy, &again_length);
    length = without_kept(text);
    if (length != again_length || memcmp(text, again, length) != 0)
        abort();
    free(text);
    free(again);
    r53_cloud_free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int32_t how = size ? data[0] : 0;
    const char *text = size ? (const char *)data + 1 : "";
    size_t length = size ? size - 1 : 0;
    r53_report *report;
    r53_cloud *cloud;

    if (r53_report_new(&report, NULL) != R53_OK)
        abort();
    cloud = read_zone(how & 2 ? "" : text, how & 2 ? 0 : length, how & 1, report);
    if (cloud && how & 2)
        r53_zone_import_file(cloud, "ZF", text, length, report);
    if (cloud)
        there_and_back(cloud, report);
    r53_cloud_free(cloud);
    r53_report_free(report);
    return 0;
}
