#define assert(expression) ((void)0)
