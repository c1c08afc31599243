using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.CertificateChecker.Format;

/// <summary>Reads a certificate; anything unexpected in it refuses it.</summary>
internal static class CertificateReader
{
    /// <summary>The version of the format.</summary>
    public const int Version = 2;

    public static Certificate Read(DocumentText text)
    {
        JsonTree document = JsonTreeReader.Read(text);
        if (!document.Problems.IsEmpty)
        {
            throw new CertificateRefusedException($"it is not plain JSON: {document.Problems[0].Position}: {document.Problems[0].Message}");
        }

        var members = new StrictObject(document.Root, "the certificate", "v", "claim", "atoms", "clauses", "lemmas", "steps");
        if (members.Number("v") != Version)
        {
            throw new CertificateRefusedException($"it is of version {members.Number("v")}; this program checks version {Version}");
        }

        return new Certificate(
            QuestionReader.Read(members["claim"]),
            [.. members.Items("atoms").Select(Atom)],
            [.. members.Items("clauses").Select(c => Clause(c, "a clause", "from", null))],
            [.. members.Items("lemmas").Select(c => Clause(c, "a lemma", "about", null))],
            [.. members.Items("steps").Select(c => Clause(c, "a step", null, "by"))]);
    }

    private static KeyValuePair<int, string> Atom(JsonItem value)
    {
        var members = new StrictObject(value, "an atom", "id", "is");
        return new(members.Number("id"), members.Text("is"));
    }

    private static CertificateClause Clause(JsonItem value, string what, string? source, string? by)
    {
        var members = new StrictObject(value, what, [.. ((string?[])[source, "literals", by]).OfType<string>()]);
        return new CertificateClause(source is null ? "" : members.Text(source), Numbers(members, "literals"), by is null ? [] : Numbers(members, by));
    }

    private static int[] Numbers(StrictObject members, string name) => [.. members.Items(name).Select(i => StrictObject.Number(i, name))];
}
