using System.Text.Json;
using CsCheck;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>A Principal or NotPrincipal element as it was drawn. An entry of kind "" is <c>"*"</c> standing alone.</summary>
internal sealed record RandomPrincipal(bool Not, (string Kind, string Value)[] Entries)
{
    private static readonly Gen<(string Kind, string Value)> Entry = Gen.Frequency(
        (12, Of("AWS", "111122223333", "444455556666", "arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root", "arn:aws-cn:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/a", "arn:aws:iam::111122223333:user/team/b", "arn:aws:iam::444455556666:user/k", "arn:aws:iam::111122223333:role/r",
                "arn:aws:iam::111122223333:role/team/r",
            "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R", "arn:aws:sts::111122223333:assumed-role/r/s",
                "arn:aws:sts::444455556666:assumed-role/r/s", "arn:aws:sts::111122223333:federated-user/a", "*")),
        (2, Of("Service", "lambda.amazonaws.com", "s3.amazonaws.com", "lambda.amazonaws.com", "*")),
        (2, Of("Federated", "accounts.google.com", "cognito-identity.amazonaws.com", "arn:aws:iam::111122223333:saml-provider/p", "*")),
        (1, Of("CanonicalUser", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be")));

    private static readonly Gen<(string, string)[]> Some = Gen.Frequency(
        (4, Gen.Const(((string, string)[])[("", "*")])),
        (12, Entry.Array[1, 3]),

        // What names a session in full.
        (2, Gen.OneOf<(string, string)[]>(
            [("AWS", "111122223333"), ("AWS", "arn:aws:iam::111122223333:user/a")],
            [("AWS", "arn:aws:iam::111122223333:root"), ("AWS", "arn:aws:iam::111122223333:role/r"), ("AWS", "arn:aws:sts::111122223333:assumed-role/r/s")],
            [("AWS", "111122223333"), ("AWS", "arn:aws:sts::111122223333:federated-user/a")])),
        (1, Gen.Const(((string, string)[])[])));

    /// <summary>Any element.</summary>
    public static Gen<RandomPrincipal> Any { get; } =
        from not in Gen.Frequency((3, false), (1, true))
        from entries in Some
        select new RandomPrincipal(not, entries);

    /// <summary>Everyone, as a resource control policy needs it.</summary>
    public static RandomPrincipal Everyone { get; } = new(false, [("", "*")]);

    /// <summary>Every element that says a little less.</summary>
    public IEnumerable<RandomPrincipal> Smaller()
    {
        foreach ((string, string)[] fewer in RandomStatement.Without(Entries))
        {
            yield return this with { Entries = fewer };
        }

        if (Not)
        {
            yield return Everyone;
        }
    }

    public override string ToString() => $"\"{(Not ? "NotPrincipal" : "Principal")}\":"
        + (Entries is [("", _)] ? "\"*\""
            : Entries.Length == 0 ? "{\"AWS\":[]}"
            : $"{{{string.Join(",", Entries.GroupBy(e => e.Kind, e => e.Value, StringComparer.Ordinal).Select(k => $"\"{k.Key}\":{JsonSerializer.Serialize(k.Distinct())}"))}}}");

    private static Gen<(string, string)> Of(string kind, params string[] values) => Gen.OneOf(values).Select(v => (kind, v));
}
