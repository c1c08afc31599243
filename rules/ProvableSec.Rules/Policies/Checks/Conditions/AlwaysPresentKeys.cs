namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Keys that every request carries (IAM User Guide, "AWS global condition context keys", the lines "Availability").</summary>
internal static class AlwaysPresentKeys
{
    private static readonly string[] Keys = ["aws:CurrentTime", "aws:EpochTime", "aws:PrincipalAccount", "aws:PrincipalType", "aws:RequestedRegion",
        "aws:SecureTransport", "aws:UserAgent", "aws:ViaAWSService"];

    public static bool Contain(string key) => Keys.Contains(key, StringComparer.OrdinalIgnoreCase);
}
