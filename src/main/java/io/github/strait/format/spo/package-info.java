/**
 * Objects of Kubernetes: the custom resource {@code SeccompProfile} of the Security Profiles Operator, read and written,
 * and which profiles other objects name. {@link io.github.strait.format.spo.SpoFormat} is where to start; {@link
 * io.github.strait.format.spo.SpoSchema} has what the API server takes.
 */
@NullMarked
package io.github.strait.format.spo;

import org.jspecify.annotations.NullMarked;
