"""Which two characters are a modifier at all: CMS's HCPCS modifiers (October 2025) and CPT's own."""

from codes.pricing.code_sets import code_set

_LISTED = """
1P 22 23 24 25 26 27 2P 32 33 3P 47 50 51 52 53 54 55 56 57 58 59 62 63 66 73 74 76 77 78 79 80 81 82 8P 90 91 92
93 95 96 97 99 A1 A2 A3 A4 A5 A6 A7 A8 A9 AA AB AD AE AF AG AH AI AJ AK AM AO AP AQ AR AS AT AU AV AW AX AY AZ BA
BL BO BP BR BU CA CB CC CD CE CF CG CH CI CJ CK CL CM CN CO CP CQ CR CS CT DA E1 E2 E3 E4 EA EB EC ED EE EJ EM EP
ER ET EX EY F1 F2 F3 F4 F5 F6 F7 F8 F9 FA FB FC FP FQ FR FS FT FX FY G0 G1 G2 G3 G4 G5 G6 G7 G8 G9 GA GB GC GD GE
GF GG GH GJ GK GL GM GN GO GP GQ GR GS GT GU GV GW GX GY GZ H9 HA HB HC HD HE HF HG HH HI HJ HK HL HM HN HO HP HQ
HR HS HT HU HV HW HX HY HZ J1 J2 J3 J4 J5 JA JB JC JD JE JF JG JK JL JW JZ K0 K1 K2 K3 K4 KA KB KC KD KE KF KG KH
KI KJ KK KL KM KN KO KP KQ KR KS KT KU KV KW KX KY KZ L1 LC LD LL LM LR LS LT LU M2 MA MB MC MD ME MF MG MH MS N1
N2 N3 NB NR NU P1 P2 P3 P4 P5 P6 PA PB PC PD PI PL PM PN PO PS PT Q0 Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8 Q9 QA QB QC QD QE QF
QG QH QJ QK QL QM QN QP QQ QR QS QT QW QX QY QZ RA RB RC RD RE RI RR RT SA SB SC SD SE SF SG SH SJ SK SL SM SN SQ
SS ST SU SV SW SY SZ T1 T2 T3 T4 T5 T6 T7 T8 T9 TA TB TC TD TE TF TG TH TJ TK TL TM TN TP TQ TR TS TT TU TV TW U1
U2 U3 U4 U5 U6 U7 U8 U9 UA UB UC UD UE UF UG UH UJ UK UN UP UQ UR US V1 V2 V3 V4 V5 V6 V7 V8 V9 VM VP X1 X2 X3 X4
X5 XE XP XS XU ZA ZB ZC
"""
LISTED = frozenset(_LISTED.split())
# Those of them that change no amount of a professional claim and are not in `codes.pricing.modifiers`: measures,
# programs that have ended, what Medicaid and other payers read.
_WITHOUT_EFFECT = """
1P 2P 3P 8P 96 97 AE AK AM AO AP AR AZ CE CF CH CI CJ CK CL CM CN DA EJ EP EX FP FR GB GD GG GH GR GU H9 HA HB
HC HD HE HF HG HH HI HJ HK HL HM HN HO HP HQ HR HS HT HU HV HW HX HY HZ J1 J2 J3 JA JB JC JF JG JK JL LS M2 MA
MB MC MD ME MF MG MH Q2 Q4 QC QD QP QQ RE SB SC SD SE SG SH SJ SK SM SN SQ SS ST SU SV SW SY SZ TB TD TE TF TG
TH TJ TK TL TM TN TP TR TT TU TV U1 U2 U3 U4 U5 U6 U7 U8 U9 UA UB UC UD UF UG UH UJ UK V1 V2 V3 V4 VP X1 X2 X3
X4 X5 ZA ZB ZC
"""
WITHOUT_EFFECT = frozenset(_WITHOUT_EFFECT.split())


# Where an ambulance came from and went: Claims Processing Manual, ch. 15, §30.A. X is a stop on the way to a hospital.
AMBULANCE = code_set("A0425-A0436 A0888 A0998 A0999")
ORIGINS = "DEGHIJNPRS"
TRIPS = frozenset(origin + destination for origin in ORIGINS for destination in f"{ORIGINS}X")


def is_listed(modifier: str, code: str = "") -> bool:
    """Whether a claim line may carry these two characters as a modifier; any others make Medicare return it. Those of
    an ambulance name the trip.

    >>> is_listed("25"), is_listed("ZZ"), is_listed("RH", "99213"), is_listed("RH", "A0429")
    (True, False, False, True)
    """
    return modifier in LISTED or (code in AMBULANCE and modifier in TRIPS)
