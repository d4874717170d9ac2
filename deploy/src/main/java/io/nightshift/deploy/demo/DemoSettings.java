package io.nightshift.deploy.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a demo is played.
 *
 * @param folder its installation; emptied at the start
 * @param distribution folder of the unpacked registry
 * @param level autonomy level of the shop's services, 1 to 5
 * @param leakSeconds seconds from the leaking release's start to a full heap at the normal load
 * @param baseline normal load before the fault, from which Nightshift learns what is normal
 * @param holdFor how long a repair must hold; a day in production
 * @param otlpHttpPort port of the OTLP/HTTP door
 */
record DemoSettings(
        Path folder,
        Path distribution,
        int level,
        double leakSeconds,
        Duration baseline,
        Duration holdFor,
        int otlpHttpPort) {}
