#!/usr/bin/env python3
"""Writes a C header that calls every exported function with arguments picked by rubbish.c.

    calls.py PROTOTYPES... > calls.h

It reads the public headers: what a parameter is for follows from its type, and which number tells the
length of which array from their names, as a reader of the headers would have it. A call that the
headers gain is called without a change here.
"""
import re
import sys

# Structs that only the library can fill: they come whole from it, or cut and empty.
MADE = {'r53_selection', 'r53_message'}
# Structs with functions in them, which rubbish would be called through.
BARE = {'r53_allocator', 'r53_regex_engine'}
NUMBERS = {'int32_t', 'uint32_t', 'int64_t', 'uint64_t', 'size_t'}
# What a number of one of these names measures, where it is not "n_" and the array's name.
MEASURES = {'capacity': ('buffer', 'response'), 'length': ('text',), 'n_query': ('query',)}


class Headers:
    def __init__(self, paths):
        text = '\n'.join(open(path).read() for path in paths)
        text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
        self.structs = {
            name: [member for line in body.split(';') for member in members(line)]
            for name, body in re.findall(r'typedef struct (\w+) \{(.*?)\} \1;', text, re.S)}
        self.handles = re.findall(r'typedef struct (\w+) \1;', text)
        self.calls = [
            (name, ' '.join(result.split()), [declared(p) for p in parameters.split(',')
                                              if p.strip() != 'void'])
            for result, name, parameters in
            re.findall(r'R53_API\s+([^();]*?)\b(r53_\w+)\(([^;]*?)\);', text, re.S)]


def declared(text):
    """'const char *const *names' -> ('const char *const *', 'names', '')."""
    kind, name, extent = re.fullmatch(r'\s*(.*?)(\w+)((?:\[\w+\])?)\s*', text, re.S).groups()
    return ' '.join(kind.split()), name, extent


def members(line):
    """Members of one declaration: 'const char *a, *b' declares two."""
    if not line.strip() or '(' in line:
        return []
    first, *others = line.split(',')
    kind, name, extent = declared(first)
    return [(kind, name, extent)] + [(kind, other.strip(' *'), '') for other in others]


def length(array, others):
    """Expression that picks a length for the array among the other members or parameters."""
    kind = next(kind for kind, name, _ in others if name == array)
    octets = kind.count('*') == 1 and any(word in kind for word in ('char', 'void', 'uint8_t'))
    return 'OCTETS' if octets else 'LISTED'


def measured(kind, name, others):
    """The array whose length the number tells, or None."""
    names = [other for kind, other, _ in others if '*' in kind or other == name]
    if '*' in kind:
        return None
    if name.startswith('n_') and name[2:] in names:
        return name[2:]
    for array in MEASURES.get(name, ()):
        if array in names:
            return array
    return names[names.index(name) - 1] if name == 'n' else None


class Writer:
    def __init__(self, headers):
        self.structs, self.handles = headers.structs, headers.handles
        self.needed = []  # structs that are picked, in the order they were asked for

    def sized(self, name):
        return self.structs[name] and self.structs[name][0][1] == 'size'

    def pick(self, kind, owner, name):
        """Expression that picks an argument, or a member, of this type and name."""
        full = f'"{owner}.{name}"'
        base = kind.replace('const', '').replace('*', '').strip()
        stars = kind.count('*')
        if not stars:
            assert base in NUMBERS, kind
            return f'pick_{base[:-2]}(r, {full})'
        if base in self.handles:
            return 'pick_slot(r)' if stars == 2 else f'pick_handle(r, r->world.{base[4:]})'
        if base == 'char':
            if stars == 2:
                return f'pick_texts(r, {full})' if kind.startswith('const char *const') else 'pick_slot(r)'
            return f'pick_text(r, {full})' if kind.startswith('const') else 'pick_octets(r)'
        if base in ('void', 'uint8_t'):
            return 'pick_octets(r)'
        if base in NUMBERS:
            return 'pick_slot(r)'
        if stars == 2 or kind.startswith('const'):
            self.needed += [base] * (base not in self.needed)
        if stars == 2:
            return f'pick_pointers(r, pick_{base})'
        return f'pick_{base}(r)' if kind.startswith('const') else f'pick_room(r, sizeof({base}))'

    def struct(self, name):
        """Functions that fill a struct and that pick one."""
        lines = []
        if name in MADE:
            body = f'pick_made(r, &r->world.{name[4:]}, sizeof({name}))'
        elif name in BARE:
            body = f'pick_room(r, sizeof({name}))'
        else:
            lines += self.filler(name)
            body = f'pick_struct(r, sizeof({name}), {int(self.sized(name))}, fill_{name})'
        return lines + ['', f'static void *pick_{name}(struct rubbish *r)', '{',
                        f'    return {body};', '}']

    def filler(self, name):
        lines = ['', f'static void fill_{name}(struct rubbish *r, void *memory)', '{',
                 f'    {name} *s = memory;']
        for kind, member, extent in self.structs[name]:
            array = measured(kind, member, self.structs[name])
            if member == 'size':
                continue
            if extent:
                lines += [f'    memset(s->{member}, 0xa5, sizeof s->{member});']
            elif not array:
                lines += [f'    s->{member} = {self.pick(kind, name, member)};']
        for kind, member, _ in self.structs[name]:
            array = measured(kind, member, self.structs[name])
            if array:
                lines += [f'    s->{member} = ({kind})pick_length(r, s->{array}, '
                          f'{length(array, self.structs[name])});']
        return lines + ['}']

    def call(self, name, result, parameters):
        lines = ['', f'static void call_{name}(struct rubbish *r)', '{']
        names, made = [p[1] for p in parameters], []
        for kind, parameter, _ in parameters:
            array = measured(kind, parameter, parameters)
            value = (f'pick_length(r, {array}, {length(array, parameters)})' if array
                     else self.pick(kind, name, parameter))
            if kind == 'const char *' and parameter in MEASURES['length']:
                value = 'pick_octets(r)' # not NUL-terminated
            lines += [f'    {kind}{"" if kind.endswith("*") else " "}{parameter} = {value};']
            if re.fullmatch(r'r53_\w+ \*\*', kind):
                made += [(kind[:-3], parameter)]
        arguments = ', '.join(names)
        if name.endswith('_free') or name == 'r53_view_release':
            # What lives stays alive: only nothing is freed.
            return lines[:3] + [f'    {name}(NULL);', '    (void)r;', '}']
        if name == 'r53_view_retain':
            return lines + [f'    r53_view_release({name}({arguments}));', '}']
        if not result.startswith('int32_t') or name.endswith(('_number', '_http_status')):
            return lines + [f'    (void){name}({arguments});'] + ['    (void)r;'] * (not names) + ['}']
        report = 'report' if names[-1:] == ['report'] else 'import ? r->world.report : NULL' if names[:1] == ['import'] else ''
        lines += [f'    r->report = {report or "NULL"};', '    said_before(r);',
                  f'    said_after(r, {name}({arguments}), {int("page" in name)});']
        for kind, parameter in made:
            free = 'r53_view_release' if kind == 'r53_view' else f'{kind}_free'
            lines += [f'    if ({parameter})', f'        {free}(*{parameter});']
        return lines + ['}']


def main():
    headers = Headers(sys.argv[1:])
    writer = Writer(headers)
    functions, structs, written = [], [], set()
    for call in headers.calls:
        functions += writer.call(*call)
    while set(writer.needed) - written:
        name = next(name for name in writer.needed if name not in written)
        written.add(name)
        structs += writer.struct(name)
    out = ['/* Written by calls.py from the public headers. */']
    out += [f'static void *pick_{name}(struct rubbish *r);' for name in writer.needed]
    out += structs + functions + ['', 'static const struct call calls[] = {']
    out += [f'    {{ "{name}", call_{name} }},' for name, _, _ in headers.calls]
    print('\n'.join(out + ['};']))


main()
