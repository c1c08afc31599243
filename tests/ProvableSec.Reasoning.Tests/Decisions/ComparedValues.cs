using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Decisions;

/// <summary>A value of a policy, and values of requests on both sides of each of its boundaries.</summary>
/// <param name="Operator">An operator that is not negated.</param>
/// <param name="Value">What the policy compares with.</param>
/// <param name="Meets">What matches.</param>
/// <param name="Misses">What does not; the first can be told from it in every way that a proof needs.</param>
public sealed record ComparedValues(string Operator, string Value, string[] Meets, string[] Misses)
{
    private const string Day = "2024-02-29T00:00:00Z";
    private static readonly string[] SameDay = ["2024-02-29", "2024-02-29T00:00Z", "1709164800", "2024-02-29T01:00:00+01:00", "2024-02-28T23:30:00-00:30"];
    private static readonly string[] Before = ["2024-02-28T23:59:59Z", "1709164799", "2024-02-29T00:59:59+01:00", "2024-02-28", "2023", "-1"];
    private static readonly string[] Behind = ["2024-02-29T00:00:01Z", "1709164801", "2024-02-29T01:00:01+01:00", "2024-03-01", "2025"];

    /// <summary>The one table of values: the evaluator, the prover and the checker of certificates are held against it.</summary>
    public static readonly ComparedValues[] All =
    [
        new("StringEquals", "ab", ["ab"], ["aB", "a", "abc", "b", "xab"]),
        new("StringEquals", "a*?", ["a*?"], ["abc", "a*", "a"]),
        new("StringEqualsIgnoreCase", "aB", ["ab", "AB", "Ab"], ["a", "abc", "b"]),
        new("StringLike", "a*c?", ["acd", "abcx", "accc"], ["ac", "bacd", "Acd", "a"]),
        new("StringLike", "*", ["a", "*", ":"], []),
        new("StringLike", "?", ["a", ":"], ["ab", "abc"]),
        new("NumericEquals", "1.5", ["1.5", "1.50", "+1.5", "01.5"], ["1.49", "1.51", "1", "-1.5", "15", "x"]),
        new("NumericEquals", "0", ["0", "-0", "0.00", "+0"], ["0.001", "-0.001", "1", "-1"]),
        new("NumericLessThan", "10", ["9.999", "9", "-10", "-11"], ["10", "10.0", "10.001", "11", "x"]),
        new("NumericLessThanEquals", "10", ["10", "10.0", "9.999", "-10"], ["10.001", "11", "x"]),
        new("NumericGreaterThan", "10", ["10.001", "11", "100"], ["10", "10.0", "9.999", "-11", "x"]),
        new("NumericGreaterThanEquals", "10", ["10", "10.0", "10.001"], ["9.999", "9", "-10", "x"]),
        new("DateEquals", Day, SameDay, [.. Before, .. Behind, "x"]),
        new("DateLessThan", Day, Before, [.. SameDay, .. Behind, "x"]),
        new("DateLessThanEquals", Day, [.. Before, .. SameDay], [.. Behind, "x"]),
        new("DateGreaterThan", Day, Behind, [.. Before, .. SameDay, "x"]),
        new("DateGreaterThanEquals", Day, [.. SameDay, .. Behind], [.. Before, "x"]),
        new("Bool", "true", ["true", "TRUE", "True"], ["false", "FALSE", "x", "1"]),
        new("Bool", "False", ["false", "FALSE"], ["true", "x", "0"]),
        new("BinaryEquals", "QUI=", ["QUI="], ["QQ==", "QUIC", "QkI="]),
        new("IpAddress", "10.0.0.0/9", ["10.0.0.0", "10.127.255.255", "10.64.0.1"], ["9.255.255.255", "10.128.0.0", "0.0.0.0", "255.255.255.255", "::", "x"]),
        new("IpAddress", "203.0.113.7", ["203.0.113.7"], ["203.0.113.6", "203.0.113.8", "::203.0.113.7"]),
        new("IpAddress", "0.0.0.0/0", ["0.0.0.0", "255.255.255.255", "127.0.0.1"], ["::", "x"]),
        new("IpAddress", "2001:db8::/33", ["2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff", "2001:0DB8:1::1"],
            ["2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8:8000::", "10.0.0.0", "x"]),
        new("ArnLike", "arn:aws:s3:*:1*:b/?", ["arn:aws:s3:e:1:b/c", "arn:aws:s3::12:b/c"],
            ["arn:aws:s3:e:2:b/c", "arn:aws:s3:e:1:b/", "arn:aws:sqs:e:1:b/c", "arn:aws:s3:e:1", "arn:aws:s3:e:1:b/cd"]),
        new("ArnEquals", "arn:aws:iam::1*:role/*", ["arn:aws:iam::1:role/a", "arn:aws:iam::12:role/a/b"],
            ["arn:aws:iam::2:role/a", "arn:aws:iam:e:1:role/a", "arn:aws:iam::1:user/a", "arn:aws-cn:iam::1:role/a"]),
    ];

    /// <summary>The operator that says the opposite; null for those that have none.</summary>
    public string? Negated => Operator switch
    {
        "StringEquals" => "StringNotEquals",
        "StringEqualsIgnoreCase" => "StringNotEqualsIgnoreCase",
        "StringLike" => "StringNotLike",
        "NumericEquals" => "NumericNotEquals",
        "DateEquals" => "DateNotEquals",
        "IpAddress" => "NotIpAddress",
        "ArnLike" => "ArnNotLike",
        "ArnEquals" => "ArnNotEquals",
        _ => null,
    };

    public ConditionComparison Comparison => Enum.Parse<ConditionComparison>(Operator);

    public override string ToString() => $"{Operator} {Value}";
}
