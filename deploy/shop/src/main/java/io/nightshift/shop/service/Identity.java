package io.nightshift.shop.service;

import io.nightshift.shop.Role;

/** Who this process is: its role, the logical instance it embodies, and its release. */
public record Identity(Role role, String instance, String version) {}
