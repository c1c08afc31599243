using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies;

/// <summary>How long a policy is, as AWS counts.</summary>
internal static class PolicySize
{
    /// <summary>Characters without white space that are looked at. The longest policies that AWS takes, those of Amazon OpenSearch Service domains, have
    /// 102,400.</summary>
    public const int MostChecked = 1 << 17;

    /// <summary>The characters of the document but white space, also that inside strings, as IAM counts.</summary>
    public static int WithoutWhiteSpace(CheckedPolicy policy)
    {
        TextRange span = policy.Root.Span;
        string text = policy.Root.Document.Source.Text;
        int count = 0;
        for (int i = span.Start; i < span.End; i++)
        {
            count += text[i] is ' ' or '\t' or '\r' or '\n' ? 0 : 1;
        }

        return count;
    }

    /// <summary>A control policy that is too long even as the console saves it.</summary>
    public static void ReportOrganizations(CheckedPolicy policy, int quota, PolicyFindings findings)
    {
        int size = BetweenTokens(policy);
        if (size > quota)
        {
            findings.Add(policy.Root, $"the policy has {size} characters without the white space between them; it may have {quota}");
        }
    }

    /// <summary>The characters but the white space that JSON does not need.</summary>
    private static int BetweenTokens(CheckedPolicy policy)
    {
        TextRange span = policy.Root.Span;
        string text = policy.Root.Document.Source.Text;
        int count = 0;
        bool inString = false;
        for (int i = span.Start; i < span.End; i++)
        {
            char c = text[i];
            if (inString && c == '\\')
            {
                // The escaped character belongs to the string, whatever it is.
                count += 2;
                i++;
                continue;
            }

            inString ^= c == '"';
            count += !inString && c is ' ' or '\t' or '\r' or '\n' ? 0 : 1;
        }

        return count;
    }
}
