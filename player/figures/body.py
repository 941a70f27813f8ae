"""The lengths and thicknesses of a body, as shares of its height.

Lengths: Drillis and Contini, 1966, in Winter, Biomechanics and Motor Control of Human Movement. The
thicknesses are chosen so that a figure of sixteen rows is easy to recognise.
"""

HIP_HEIGHT = 0.53
THIGH = 0.245
SHIN = 0.246
HEEL_BACK, TOES_AHEAD, ANKLE_HIGH = 0.034, 0.116, 0.024
WAIST = 0.105
"""From the hips to the place where the back bends."""
CHEST = 0.105
SHOULDERS = 0.183
"""From the waist to the line of the shoulders."""
NECK = 0.055
HEAD = 0.112
"""From the line of the shoulders to the middle of the head."""
UPPER_ARM = 0.175
FOREARM = 0.146
HAND = 0.075
GRIP = 0.035
"""From the wrist to the middle of the palm."""

HALF_HIPS = 0.052
HALF_SHOULDERS = 0.108

HEAD_R = 0.062
NECK_R = 0.026
PELVIS_R, WAIST_R, CHEST_R, SHOULDER_R = 0.062, 0.053, 0.064, 0.040
THIGH_R, KNEE_R, CALF_R, ANKLE_R = 0.053, 0.036, 0.039, 0.024
HEEL_R, TOES_R = 0.021, 0.011
ARM_R, ELBOW_R, WRIST_R, HAND_R = 0.028, 0.022, 0.016, 0.015
