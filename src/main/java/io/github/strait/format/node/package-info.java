/**
 * A profile as a file that the kubelet of a node reads, {@link io.github.strait.format.node.NodeFile}: what provisioning
 * takes to write it there, and what a pod says to run under it. The file itself is plain OCI.
 */
@NullMarked
package io.github.strait.format.node;

import org.jspecify.annotations.NullMarked;
