package io.nightshift.bench.rca;

import java.util.List;

/**
 * Faults and normal times of one system.
 *
 * @param name folder
 * @param format which of the layouts it has
 * @param baseline what a case was given to know what is usual
 * @param faults labelled faults, in order of time
 * @param normal times of which no fault is known, in order of time
 */
record LabelledSet(String name, String format, String baseline, List<Trouble> faults, List<Trouble> normal) {}
