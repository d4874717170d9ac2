package io.nightshift.bench.rca;

import java.util.regex.Pattern;

/** Pods come and go; the service they belong to stays. */
final class PodName {

    private static final Pattern SUFFIX = Pattern.compile("-[a-z0-9]{6,10}-[a-z0-9]{5}$");

    private PodName() {}

    static String service(String pod) {
        return SUFFIX.matcher(pod).replaceFirst("");
    }
}
