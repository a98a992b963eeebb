"""Training, calibration and export of the issue encoder."""
