package io.github.strait.format;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.profile.Profile;

/**
 * A document that was understood.
 *
 * @param profile what it says
 * @param diagnostics warnings about parts without effect, in the order of the document
 */
public record Reading(Profile profile, ImmutableList<Diagnostic> diagnostics) {}
