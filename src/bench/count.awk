# How often each call was begun: what people write when they have no tool.
{
    name = $0
    sub(/^[0-9]+ +(\[ *[0-9]+\] )?/, "", name)
    if (match(name, /^[a-z_][a-z0-9_]*\(/)) {
        calls++
        count[substr(name, 1, RLENGTH - 1)]++
    }
}
END {
    print calls
    for (name in count) print name, count[name]
}
