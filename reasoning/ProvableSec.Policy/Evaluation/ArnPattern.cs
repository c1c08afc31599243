namespace ProvableSec.Policy.Evaluation;

/// <summary><c>ArnEquals</c> and <c>ArnLike</c>: six fields one by one, the sixth being the rest; a wildcard stays in its field.</summary>
internal static class ArnPattern
{
    private const int Fields = 6;

    public static bool Matches(EvaluationRun run, ExpandedPattern pattern, ReadOnlySpan<char> value)
    {
        // Most patterns differ before their first wildcard, and up to there nothing needs to be taken apart.
        int same = 0, whole = 0, from = 0;
        while (same < pattern.Length && same < value.Length && pattern.Text[same] == value[same] && !pattern.IsWildcard(same))
        {
            if (value[same++] == ':' && whole < Fields - 1)
            {
                whole++;
                from = same;
            }
        }

        if ((same < pattern.Length && !pattern.IsWildcard(same)) || CountFields(value) < Fields)
        {
            return false;
        }

        ReadOnlySpan<char> valueRest = value.Slice(from);
        ExpandedPattern rest = pattern.Slice(from, pattern.Length - from);
        bool ended = false, wildService = false;
        for (int field = whole; field < Fields && !ended; field++)
        {
            int patternEnd = field == Fields - 1 ? rest.Length : rest.Text.IndexOf(':');
            ended = patternEnd < 0 || field == Fields - 1;
            ExpandedPattern patternField = patternEnd < 0 ? rest : rest.Slice(0, patternEnd);
            ReadOnlySpan<char> valueField = field == Fields - 1 ? valueRest : valueRest.Slice(0, valueRest.IndexOf(':'));
            if (!Glob.Matches(patternField, valueField, foldCase: false))
            {
                return false;
            }

            if (field == 2)
            {
                wildService = HasWildcard(patternField);
            }

            if (!ended)
            {
                rest = rest.Slice(patternEnd + 1, rest.Length - patternEnd - 1);
                valueRest = valueRest.Slice(valueField.Length + 1);
            }
        }

        // The fields that are there match: only now do the disputed points make a difference.
        return !(CountFields(pattern.Text) < Fields && run.Takes(Reading.ShortArnMatchesNothing))
            && !(wildService && run.Takes(Reading.NoWildcardInServiceField));
    }

    internal static int CountFields(ReadOnlySpan<char> text)
    {
        int fields = 1;
        foreach (char c in text)
        {
            if (c == ':' && ++fields == Fields)
            {
                break;
            }
        }

        return fields;
    }

    internal static bool HasWildcard(ExpandedPattern pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern.IsWildcard(i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One of the first five fields of an ARN, counted from 0; empty when there are fewer.</summary>
    internal static ReadOnlySpan<char> Field(string arn, int index)
    {
        ReadOnlySpan<char> rest = arn.AsSpan();
        for (int field = 0; field < index; field++)
        {
            int colon = rest.IndexOf(':');
            if (colon < 0)
            {
                return default;
            }

            rest = rest.Slice(colon + 1);
        }

        int end = rest.IndexOf(':');
        return end < 0 ? default : rest.Slice(0, end);
    }

    /// <summary>The sixth field of an ARN; empty when there are fewer.</summary>
    internal static ReadOnlySpan<char> Rest(string arn)
    {
        ReadOnlySpan<char> rest = arn.AsSpan();
        for (int field = 0; field < Fields - 1; field++)
        {
            int colon = rest.IndexOf(':');
            if (colon < 0)
            {
                return default;
            }

            rest = rest.Slice(colon + 1);
        }

        return rest;
    }
}
