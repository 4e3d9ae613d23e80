#include "dns/algorithm.h"

uint8_t r53__algorithm_number(struct span name)
{
    /* IANA's mnemonics, and those that name servers write */
    static const struct {
        const char *name;
        uint8_t number;
    } algorithms[] = {
        {"RSAMD5", 1},
        {"DH", 2},
        {"DSA", 3},
        {"RSASHA1", 5},
        {"NSEC3DSA", 6},
        {"DSA-NSEC3-SHA1", 6},
        {"NSEC3RSASHA1", 7},
        {"RSASHA1-NSEC3-SHA1", 7},
        {"RSASHA256", 8},
        {"RSASHA512", 10},
        {"ECCGOST", 12},
        {"ECC-GOST", 12},
        {"ECDSAP256SHA256", 13},
        {"ECDSAP384SHA384", 14},
        {"ED25519", 15},
        {"ED448", 16},
        {"INDIRECT", 252},
        {"PRIVATEDNS", 253},
        {"PRIVATEOID", 254},
    };

    for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++) {
        if (r53__equal_nocase(name, r53__span(algorithms[i].name)))
            return algorithms[i].number;
    }
    return 0;
}
