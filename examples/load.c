#include "load.h"

#ifdef EXAMPLES_REGEX
#include <r53/regex_re2.h>
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

char *file_read(const char *name, size_t *length)
{
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    size_t capacity = 1 << 16, n = 0;
    char *text = file ? malloc(capacity) : NULL;

    while (text && !feof(file) && !ferror(file)) {
        n += fread(text + n, 1, capacity - n, file);
        if (n == capacity) {
            char *more = realloc(text, capacity *= 2);

            if (!more)
                free(text);
            text = more;
        }
    }
    if (!text || ferror(file)) {
        perror(name);
        free(text);
        text = NULL;
    }
    if (file && file != stdin)
        fclose(file);
    *length = n;
    return text;
}

static void finding_tell(const char *file, const r53_finding *f, struct telling how)
{
    static const char *const words[] = {"?", "note", "warning", "error"};
    const char *option = how.hint ? how.hint(f->text) : NULL;

    fprintf(stderr, "%s:", file);
    if (f->line)
        fprintf(stderr, "%ld:%ld:", (long)f->line, (long)f->column);
    fprintf(stderr, " %s: %s%s%s", words[f->severity], f->path, *f->path ? ": " : "", f->text);
    if (*f->aws_name || *f->rule)
        fprintf(stderr, " (%s%s%s)", f->aws_name, *f->aws_name && *f->rule ? ", " : "", f->rule);
    if (option)
        fprintf(stderr, ": %s, in front of the file", option);
    fputc('\n', stderr);
}

void findings_tell(r53_report *report, const char *file, struct telling how)
{
    r53_finding finding = {.size = sizeof(finding)};

    for (size_t i = 0; r53_report_get(report, i, &finding) == R53_OK; i++) {
        if (!how.quiet || finding.severity == R53_SEVERITY_ERROR)
            finding_tell(file, &finding, how);
    }
    r53_report_clear(report);
}

/* What a view is made of. */
struct load {
    r53_cloud *cloud;
    r53_observed *observed;
    r53_report *report;
    r53_import *import;
    bool lenient;
};

/* A cloud that can match regular expressions, where the engine is there. */
static int32_t cloud_make(r53_cloud **cloud)
{
    r53_cloud_options options = {.size = sizeof(options)};
#ifdef EXAMPLES_REGEX
    r53_regex_engine engine = {.size = sizeof(engine)};

    if (r53_regex_re2(&engine) == R53_OK)
        options.regex = &engine;
#endif
    return r53_cloud_new(cloud, &options);
}

static int32_t load_begin(struct load *load)
{
    int32_t code = cloud_make(&load->cloud);

    if (code == R53_OK)
        code = r53_observed_new(&load->observed, NULL);
    if (code == R53_OK)
        code = r53_report_new(&load->report, NULL);
    if (code == R53_OK)
        code = r53_import_new(&load->import, load->cloud, load->observed, load->report);
    return code;
}

static void load_end(struct load *load)
{
    r53_import_free(load->import);
    r53_report_free(load->report);
    r53_observed_free(load->observed);
    r53_cloud_free(load->cloud);
}

/* Length of the zone's name in "folder/NAME.zone"; 0: this is no zone file. */
static size_t zone_name_length(const char *base)
{
    static const char suffix[] = ".zone";
    size_t length = strlen(base);

    return length >= sizeof(suffix) && strcmp(base + length - (sizeof(suffix) - 1), suffix) == 0
               ? length - (sizeof(suffix) - 1)
               : 0;
}

static const char *base_of(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash ? slash + 1 : file;
}

static bool is_zone_file(const char *file)
{
    size_t length = zone_name_length(base_of(file));

    return length > 0 && length <= 255;
}

/* Is it a zone file? Its zone gets an id that no hosted zone of AWS has. */
static bool zone_of_file(const char *file, size_t number, char name[256], char id[32])
{
    const char *base = base_of(file);
    size_t length = zone_name_length(base);

    if (!is_zone_file(file))
        return false;
    memcpy(name, base, length);
    name[length] = '\0';
    snprintf(id, 32, "FILE%zu", number);
    return true;
}

static int32_t text_load(struct load *load, const struct source *source, size_t number,
                         const char *text, size_t length)
{
    char name[256], id[32];
    r53_hosted_zone zone = {.size = sizeof(zone), .id = id, .name = name};
    r53_zone_file_options options = {
        .size = sizeof(options), .lenient = load->lenient, .hosted_zone = &zone};

    if (zone_of_file(source->name, number, name, id))
        return r53_import_zone_file(load->import, &options, text, length);
    return r53_json_read(load->import, text, length, &source->context, load->report);
}

static bool source_load(struct load *load, const struct source *source, size_t number,
                        struct telling how)
{
    size_t length;
    char *text = file_read(source->name, &length);
    int32_t code;

    if (!text)
        return false;
    code = text_load(load, source, number, text, length);
    free(text);
    findings_tell(load->report, source->name, how);
    if (code == R53_E_SYNTAX && !is_zone_file(source->name))
        fprintf(stderr, "%s: note: read as JSON; zone files are called NAME.zone\n", source->name);
    return code == R53_OK;
}

static int base_compare(const void *a, const void *b)
{
    return strcasecmp(base_of(*(const char *const *)a), base_of(*(const char *const *)b));
}

/*
 * Does no zone have two files? Neither would be answered for, as nothing says which zone of a name
 * is meant (R53-ZONE-10).
 */
static bool zones_are_distinct(const struct source *sources, size_t n)
{
    const char **names = malloc((n + 1) * sizeof(*names));
    size_t k = 0;
    bool fine = names != NULL;

    for (size_t i = 0; names && i < n; i++) {
        if (is_zone_file(sources[i].name))
            names[k++] = sources[i].name;
    }
    if (names)
        qsort(names, k, sizeof(*names), base_compare);
    else
        perror("malloc");
    for (size_t i = 1; i < k && fine; i++) {
        fine = base_compare(&names[i - 1], &names[i]) != 0;
        if (!fine)
            fprintf(stderr, "%s: error: a zone file of this name was given before\n", names[i]);
    }
    free(names);
    return fine;
}

/* All files together are an account: references between them are looked at now. */
static const r53_view *load_seal(struct load *load, int64_t now_ms, struct telling how)
{
    r53_view *view = NULL;
    int32_t code = r53_import_commit(load->import);

    findings_tell(load->report, "account", how);
    if (code == R53_OK)
        code = r53_view_new(&view, load->cloud, load->observed, now_ms, NULL);
    if (code)
        fprintf(stderr, "%s: %s\n", how.program, r53_strerror(code));
    return view;
}

struct loaded sources_load_all(const struct source *sources, size_t n, bool lenient,
                               int64_t now_ms, struct telling how)
{
    struct load load = {.lenient = lenient};
    int32_t code = load_begin(&load);
    struct loaded loaded = {NULL, NULL};
    size_t i = 0;

    if (code)
        fprintf(stderr, "%s: %s\n", how.program, r53_strerror(code));
    else if (!zones_are_distinct(sources, n))
        code = R53_E_INVALID;
    while (code == R53_OK && i < n && source_load(&load, &sources[i], i + 1, how))
        i++;
    if (code == R53_OK && i == n)
        loaded.view = load_seal(&load, now_ms, how);
    r53_import_free(load.import); /* before its cloud goes, or is handed out */
    load.import = NULL;
    if (loaded.view) {
        loaded.cloud = load.cloud;
        load.cloud = NULL;
    }
    load_end(&load);
    return loaded;
}

const r53_view *sources_load(const struct source *sources, size_t n, bool lenient, int64_t now_ms,
                             struct telling how)
{
    struct loaded loaded = sources_load_all(sources, n, lenient, now_ms, how);

    r53_cloud_free(loaded.cloud);
    return loaded.view;
}
