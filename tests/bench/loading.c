/*
 * A zone file of many names, made here and shuffled or read from the disk: processor time to the
 * view, octets of memory a record. The file of ZONE_NAME can be given to other name servers too,
 * for comparison.
 */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <r53/r53.h>
#include <r53/type.h>
#include <r53/zone_file.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of this process: loading waits for nothing, and what others do then counts less. */
static double cpu_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* What is held at present, and what was held at most. */
struct meter {
    size_t held, most;
};

static void *meter_allocate(void *ctx, size_t size)
{
    struct meter *meter = ctx;

    meter->held += size;
    meter->most = meter->held > meter->most ? meter->held : meter->most;
    return malloc(size);
}

static void meter_release(void *ctx, void *block, size_t size)
{
    ((struct meter *)ctx)->held -= size;
    free(block);
}

static size_t line_put(char *out, const struct workload *work, const struct bench_name *name,
                       bool is_aaaa, unsigned i)
{
    char text[256];
    uint8_t a[16];
    int n;

    name_text(work->wires + name->wire, text);
    workload_address(name, is_aaaa, i, a);
    n = sprintf(out, "%s %d IN ", text, ZONE_TTL);
    if (!is_aaaa)
        return (size_t)(n + sprintf(out + n, "A %u.%u.%u.%u\n", a[0], a[1], a[2], a[3]));
    n += sprintf(out + n, "AAAA ");
    for (unsigned k = 0; k < 16; k += 2)
        n += sprintf(out + n, "%s%02x%02x", k ? ":" : "", a[k], a[k + 1]);
    out[n++] = '\n';
    return (size_t)n;
}

/* The names in the order of `step` along them: any number without a divisor in common. */
static char *text_make(const struct workload *work, size_t step, size_t *length, size_t *records)
{
    char *text = malloc(work->n_names * 1024 + 1024);
    size_t n = 0;

    if (!text)
        return NULL;
    n = (size_t)sprintf(text, "%s. 900 IN SOA ns1.%s. hostmaster.%s. 1 7200 900 1209600 300\n",
                        ZONE_NAME, ZONE_NAME, ZONE_NAME);
    *records = 1;
    for (size_t i = 0; i < work->n_names; i++) {
        const struct bench_name *name = &work->names[i * step % work->n_names];

        for (unsigned k = 0; k < name->n_a; k++, ++*records)
            n += line_put(text + n, work, name, false, k);
        for (unsigned k = 0; k < name->n_aaaa; k++, ++*records)
            n += line_put(text + n, work, name, true, k);
    }
    *length = n;
    return text;
}

/* What one change costs in a zone of this size, and writing all of it. */
static int32_t after(r53_cloud *cloud)
{
    const char *value = "192.0.2.1";
    const r53_record_set set = {.size = sizeof(set),
                                .type = R53_TYPE_A,
                                .name = "one-more." ZONE_NAME,
                                .values = &value,
                                .n_values = 1,
                                .has_ttl = 1,
                                .ttl = ZONE_TTL};
    const r53_change change = {sizeof(change), R53_ACTION_UPSERT, &set};
    const r53_change *batch = &change;
    double begin = cpu_now(), changed, written;
    int32_t rc = r53_zone_change(cloud, "Z1", &batch, 1, NULL);
    size_t length = 0;
    char *text;

    changed = cpu_now();
    r53_zone_file_write(cloud, "Z1", NULL, 0, &length, NULL);
    text = malloc(length + 1);
    if (rc == R53_OK && text)
        rc = r53_zone_file_write(cloud, "Z1", text, length + 1, NULL, NULL);
    written = cpu_now();
    printf("%-10s %7.2f s for one change, %.2f for writing %zu octets\n", "", changed - begin,
           written - changed, length);
    free(text);
    return rc;
}

static int load(const char *text, size_t length, size_t records, const char *what)
{
    struct meter meter = {0, 0};
    const r53_allocator allocator = {sizeof(allocator), 0, &meter, meter_allocate, meter_release};
    const r53_cloud_options cloud_options = {.size = sizeof(cloud_options),
                                             .allocator = &allocator};
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = ZONE_NAME};
    const r53_zone_file_options options = {
        .size = sizeof(options), .lenient = 1, .hosted_zone = &zone};
    r53_cloud *cloud = NULL;
    r53_import *import = NULL;
    r53_view *view = NULL;
    double begin = cpu_now(), read = 0;
    int32_t rc = r53_cloud_new(&cloud, &cloud_options);

    if (rc == R53_OK)
        rc = r53_import_new(&import, cloud, NULL, NULL);
    if (rc == R53_OK)
        rc = r53_import_zone_file(import, &options, text, length);
    read = cpu_now();
    if (rc == R53_OK)
        rc = r53_import_commit(import);
    r53_import_free(import);
    if (rc == R53_OK)
        rc = r53_view_new(&view, cloud, NULL, 0, NULL);
    printf("%-10s %7.2f s (%.2f reading, %.2f sealing)  %6.1f octets a record, %.0f at most\n",
           what, cpu_now() - begin, read - begin, cpu_now() - read,
           (double)meter.held / (double)records, (double)meter.most / (double)records);
    r53_view_release(view);
    if (rc == R53_OK)
        rc = after(cloud);
    r53_cloud_free(cloud);
    return rc == R53_OK ? 0 : 1;
}

int bench_loading(size_t n_names)
{
    struct workload *work = workload_new(n_names, 1, 53);
    size_t length = 0, records = 0;
    char *text;
    int rc = 1;

    if (!work)
        return 1;
    text = text_make(work, 7919, &length, &records);
    workload_free(work);
    if (text)
        rc = load(text, length, records, "made");
    free(text);
    return rc;
}

static char *file_read(FILE *file, size_t *length)
{
    char *text = NULL;
    long size = -1;

    if (fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size > 0 && fseek(file, 0, SEEK_SET) == 0)
        text = malloc((size_t)size);
    *length = text ? fread(text, 1, (size_t)size, file) : 0;
    return text;
}

int bench_loading_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t length = 0, records = 0;
    char *text = file ? file_read(file, &length) : NULL;
    int rc = 1;

    if (file)
        fclose(file);
    for (size_t i = 0; i < length; i++)
        records += text[i] == '\n';
    if (records)
        rc = load(text, length, records, "file");
    free(text);
    return rc;
}
