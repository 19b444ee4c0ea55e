/**
 * What a pod says to run under a profile. {@link io.github.strait.format.pod.PodFormat} prints it; the profile itself is
 * a file on the node, which another format writes.
 */
@NullMarked
package io.github.strait.format.pod;

import org.jspecify.annotations.NullMarked;
