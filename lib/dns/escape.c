#include "dns/escape.h"

bool r53__escape_read(struct span text, uint8_t *byte)
{
    unsigned value = 0;

    if (text.length < 4 || text.at[0] != '\\' || text.at[1] > '3')
        return false;
    for (size_t i = 1; i <= 3; i++) {
        if (text.at[i] < '0' || text.at[i] > '7')
            return false;
        value = value << 3 | (unsigned)(text.at[i] - '0');
    }
    *byte = (uint8_t)value;
    return true;
}

void r53__escape_put(struct text *text, uint8_t byte)
{
    r53__put_char(text, '\\');
    r53__put_char(text, (char)('0' + (byte >> 6)));
    r53__put_char(text, (char)('0' + (byte >> 3 & 7)));
    r53__put_char(text, (char)('0' + (byte & 7)));
}
