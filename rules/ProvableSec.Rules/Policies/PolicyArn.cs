namespace ProvableSec.Rules.Policies;

/// <summary>
/// The fields of an ARN in a policy, wildcards and variables in them as written. A colon inside <c>${…}</c> separates nothing.
/// </summary>
internal sealed class PolicyArn
{
    private const int FieldCount = 6;

    private readonly List<string> fields;

    private PolicyArn(List<string> fields) => this.fields = fields;

    /// <summary>True when all six fields are there.</summary>
    public bool IsComplete => fields.Count == FieldCount;

    public string Partition => Field(1);

    public string Service => Field(2);

    public string Region => Field(3);

    public string Account => Field(4);

    /// <summary>Everything behind the fifth colon.</summary>
    public string Resource => Field(5);

    /// <summary>Null for a text that does not begin with <c>arn:</c>.</summary>
    public static PolicyArn? TryParse(string text)
    {
        if (!text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return null;
        }

        var fields = new List<string>();
        int start = 0, depth = 0;
        for (int i = 0; i < text.Length && fields.Count < FieldCount - 1; i++)
        {
            switch (text[i])
            {
                case '{' when i > 0 && text[i - 1] == '$':
                    depth++;
                    break;
                case '}' when depth > 0:
                    depth--;
                    break;
                case ':' when depth == 0:
                    fields.Add(text.Substring(start, i - start));
                    start = i + 1;
                    break;
            }
        }

        fields.Add(text.Substring(start));
        return new PolicyArn(fields);
    }

    /// <summary>True when a field is written out: no wildcard, no variable, nothing unknown.</summary>
    public static bool IsLiteral(string field) => field.IndexOfAny(['*', '?', '$', UnknownText.Mark, UnknownText.Name]) < 0;

    /// <summary>
    /// Whether a resource of a format may have this ARN, Region and account aside. A star that ends the Region or the account may run over the colon behind it
    /// (docs/semantics.md), so that the last field as written may be the end of the resource's only.
    /// </summary>
    public bool MayBe(ArnFormat format) => GlobText.Overlap(Resource, format.Resource)
        || (Account.EndsWith("*", StringComparison.Ordinal) && GlobText.Overlap("*:" + Resource, format.Resource));

    private string Field(int index) => index < fields.Count ? fields[index] : "";
}
