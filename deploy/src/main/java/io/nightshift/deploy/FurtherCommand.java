package io.nightshift.deploy;

/**
 * A command of {@code nightshift} that another module brings: a class with picocli's {@code @Command}, named in
 * {@code META-INF/services}. So {@code bench} adds {@code eval} and {@code bench} where it is on the class path, and a release
 * without it simply lacks them.
 */
public interface FurtherCommand {}
