namespace ProvableSec.Rules.Policies.Checks;

/// <summary>The variables of texts.</summary>
internal static class VariableTexts
{
    /// <summary>The variables of the texts in which variables are replaced: resources, and values of string and ARN operators.</summary>
    public static IEnumerable<(CheckedText Text, VariableText Variable)> Of(CheckedStatement statement)
    {
        if (!statement.Policy.HasVariables)
        {
            yield break;
        }

        foreach (CheckedText text in (statement.Resource?.Items ?? []).Concat(statement.Conditions.Where(condition => condition.Operator.TakesVariables)
            .SelectMany(condition => condition.Texts)))
        {
            foreach (VariableText variable in In(text.Text))
            {
                yield return (text, variable);
            }
        }
    }

    /// <summary>The variables of a text, <c>${*}</c>, <c>${?}</c> and <c>${$}</c> left out, which stand for these characters.</summary>
    public static IEnumerable<VariableText> In(string text)
    {
        int at = 0;
        while ((at = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0)
        {
            int close = text.IndexOf('}', at);
            if (close < 0)
            {
                yield return new VariableText(text.Substring(at + 2), null, false);
                yield break;
            }

            string inside = text.Substring(at + 2, close - at - 2);
            at = close + 1;
            if (inside is not ("*" or "?" or "$") && !UnknownText.IsIn(inside))
            {
                int comma = inside.IndexOf(',');
                yield return comma < 0 ? new VariableText(inside, null, true)
                    : new VariableText(inside.Substring(0, comma), inside.Substring(comma + 1).Trim(), true);
            }
        }
    }
}
