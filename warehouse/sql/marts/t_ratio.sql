-- t_ratio: how much longer an interval gets because its variance is estimated
-- grain: a scalar macro; 97.5 % quantile of Student's t divided by that of the normal, 1.959964
-- question: what does a variance from few digests cost?
-- params: degrees = degrees of freedom, at least 4
-- formula: 1 + (z²+1)/4ν + (5z⁴+16z²+3)/96ν² + (3z⁶+19z⁴+17z²−15)/384ν³ with z² = 3.841459
-- source: Abramowitz & Stegun 26.7.5
CREATE MACRO t_ratio(degrees) AS
    1 + 1.2103647 / degrees + 1.4400768 / power(degrees, 2) + 1.3040290 / power(degrees, 3);
