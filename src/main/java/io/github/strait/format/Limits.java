package io.github.strait.format;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;

/**
 * What a document refuses by the values of arguments, in a format that has directives for some purposes and no conditions.
 *
 * @param families the address families of sockets, by the names of the kernel's headers, that are not refused; absent
 *     when none is
 * @param namespaces whether namespaces are neither made nor joined
 * @param writeExecute whether memory is never both writable and executable, and never becomes executable
 * @param personality whether the execution domain cannot be asked for or changed
 */
public record Limits(
        Optional<ImmutableSortedSet<String>> families, boolean namespaces, boolean writeExecute, boolean personality) {
    /** Nothing is refused. */
    public static final Limits NONE = new Limits(Optional.empty(), false, false, false);
}
