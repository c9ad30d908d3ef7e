"""Any list of ties or of nodes: columns recognised, or named by a saved mapping."""
