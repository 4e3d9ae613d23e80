/*
 * Points in time as AWS's answers have them: text of ISO 8601, or seconds since 1970, by the
 * version of the CLI and how it is set up.
 */
#include "json/fields.h"

#include <string.h>

enum { DAY_SECONDS = 86400, DAYS_TO_1970 = 719468, CYCLE_DAYS = 146097, YEARS_MOST = 9999 };

/* `n` digits at *at, which moves behind them; -1: something else stands there. */
static int64_t digits(const char **at, int n)
{
    int64_t number = 0;

    for (; n > 0; n--, ++*at) {
        if (**at < '0' || **at > '9')
            return -1;
        number = number * 10 + (**at - '0');
    }
    return number;
}

static bool taken(const char **at, char c)
{
    if (**at != c)
        return false;
    ++*at;
    return true;
}

/* Days since 1970 of the Gregorian calendar, with years that begin in March. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2), shifted = (month + 9) % 12;
    int64_t in_cycle = y % 400;

    return y / 400 * CYCLE_DAYS + in_cycle * 365 + in_cycle / 4 - in_cycle / 100 +
           (153 * shifted + 2) / 5 + day - 1 - DAYS_TO_1970;
}

static bool date_read(const char **at, int64_t *seconds)
{
    int64_t year = digits(at, 4), month, day;

    if (year < 0 || !taken(at, '-') || (month = digits(at, 2)) < 1 || month > 12 ||
        !taken(at, '-') || (day = digits(at, 2)) < 1 || day > 31)
        return false;
    *seconds = days_of(year, month, day) * DAY_SECONDS;
    return true;
}

static bool clock_read(const char **at, int64_t *seconds)
{
    int64_t hour = digits(at, 2), minute, second;

    if (hour < 0 || hour > 23 || !taken(at, ':') || (minute = digits(at, 2)) < 0 || minute > 59 ||
        !taken(at, ':') || (second = digits(at, 2)) < 0 || second > 60)
        return false;
    *seconds += hour * 3600 + minute * 60 + second;
    return true;
}

/* ".123456" in milliseconds; nothing is 0. */
static int64_t fraction_read(const char **at)
{
    int64_t milliseconds = 0, unit = 100;

    if (!taken(at, '.'))
        return 0;
    for (; **at >= '0' && **at <= '9'; ++*at, unit /= 10)
        milliseconds += (**at - '0') * unit;
    return milliseconds;
}

/* "Z", "+02:00", "-0500"; nothing is UTC. */
static bool offset_read(const char **at, int64_t *seconds)
{
    int64_t sign = **at == '-' ? 1 : -1, hours, minutes;

    if (**at == '\0' || taken(at, 'Z'))
        return true;
    if (!taken(at, '+') && !taken(at, '-'))
        return false;
    hours = digits(at, 2);
    taken(at, ':');
    minutes = hours < 0 ? -1 : digits(at, 2);
    if (hours < 0 || minutes < 0)
        return false;
    *seconds += sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool text_read(const char *text, int64_t *milliseconds)
{
    int64_t seconds, fraction;

    if (!date_read(&text, &seconds) || !(taken(&text, 'T') || taken(&text, ' ')) ||
        !clock_read(&text, &seconds))
        return false;
    fraction = fraction_read(&text);
    if (!offset_read(&text, &seconds) || *text)
        return false;
    *milliseconds = seconds * 1000 + fraction;
    return true;
}

/* Seconds that a text of four-digit years could tell as well. */
static bool number_read(const json_t *value, int64_t *milliseconds)
{
    double seconds = json_number_value(value);
    double most = (double)days_of(YEARS_MOST, 12, 31) * DAY_SECONDS;

    if (!(seconds >= -most && seconds <= most))
        return false;
    *milliseconds = (int64_t)(seconds * 1000 + (seconds < 0 ? -0.5 : 0.5));
    return true;
}

void r53__json_time(struct reader *reader, const struct field *field, json_t *value, void *out)
{
    int64_t *to = (void *)((char *)out + field->at);
    bool read = json_is_string(value) ? text_read(json_string_value(value), to)
                                      : json_is_number(value) && number_read(value, to);

    if (!read)
        r53__json_mismatch(reader, value,
                           "a time such as \"2030-01-31T23:59:59+00:00\", or seconds since 1970");
}
