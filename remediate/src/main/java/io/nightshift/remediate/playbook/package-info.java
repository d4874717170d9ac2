/** Reads playbooks: the shipped ones, and those of the operator's folder. */
package io.nightshift.remediate.playbook;
