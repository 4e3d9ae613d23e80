/*
 * Reading a zone file into gathered lines: what both doors, the import of a whole zone and the
 * console's import into one, have in common.
 */
#ifndef R53_LIB_MODEL_ZONE_FILE_H
#define R53_LIB_MODEL_ZONE_FILE_H

#include <r53/report.h>

#include "model/zone_lines.h"

/* Findings on a file. A file that is read leniently has no errors, only warnings. */
struct file_judge {
    r53_report *report;
    bool lenient;
    int32_t error; /* of the first error; R53_OK: none */
};

struct zone_file {
    struct file_judge judge;
    struct zone_lines lines;
    struct name zone;     /* the first origin */
    bool leaves_apex;     /* SOA and apex NS are left out */
    size_t lines_max;     /* records that one file may have; 0: any number */
    uint32_t default_ttl; /* 0: none */
};

/* Reads the file into `file->lines`. R53_OK, R53_E_NOMEM (told); errors of the file are in the
 * judge. */
int32_t r53__zone_file_read(struct zone_file *file, const char *text, size_t length);

/* What is said of a file. */
struct file_remark {
    struct master_place place;
    int32_t severity; /* 0: error, which in lenient reading is a warning */
    int32_t code;     /* 0: R53_E_SYNTAX */
    int32_t rule;
    const char *format; /* {0} is the text at fault, {1} .. {2} words */
    struct span text;
    const char *words[2];
};

void r53__file_say(struct file_judge *judge, const struct file_remark *remark);

#endif
