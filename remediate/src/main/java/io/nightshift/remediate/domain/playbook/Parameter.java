package io.nightshift.remediate.domain.playbook;

import java.util.Optional;

/**
 * Something that a playbook is told when it is proposed, such as the version to return to.
 *
 * @param required whether it is refused without it
 * @param fallback what is taken when it is not told
 */
public record Parameter(String name, boolean required, Optional<String> fallback) {}
