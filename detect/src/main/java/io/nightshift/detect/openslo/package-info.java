/** Reads objectives from OpenSLO v1 files (github.com/OpenSLO/OpenSLO, README, "Specification"). */
package io.nightshift.detect.openslo;
