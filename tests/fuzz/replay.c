/*
 * Plays files, or all files of directories, to a fuzz target: `replay seeds/message`. Each is also
 * played cut short at every octet, for seeds are few and ends are where parsers fail.
 */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { INPUT_MAX = 1 << 16 };

static unsigned played;

static void play(const char *path)
{
    static uint8_t octets[INPUT_MAX];
    FILE *file = fopen(path, "rb");
    size_t n;

    if (!file) {
        perror(path);
        exit(1);
    }
    n = fread(octets, 1, sizeof(octets), file);
    fclose(file);
    for (size_t k = n > 512 ? n : 0; k <= n; k++) {
        uint8_t *copy = malloc(k ? k : 1); /* of its own size, so that reading behind it is seen */

        MUST(copy);
        memcpy(copy, octets, k);
        LLVMFuzzerTestOneInput(copy, k);
        free(copy);
    }
    played++;
}

static void play_all(const char *path)
{
    DIR *directory = opendir(path);
    struct dirent *entry;
    char inside[4096];

    if (!directory) {
        play(path);
        return;
    }
    while ((entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(inside, sizeof(inside), "%s/%s", path, entry->d_name);
        play(inside);
    }
    closedir(directory);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        play_all(argv[i]);
    printf("%u files played\n", played);
    return played == 0;
}
