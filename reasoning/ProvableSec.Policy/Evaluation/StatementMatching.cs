using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>Whether a statement speaks of a request: its action, resource and conditions. Who asks is decided before.</summary>
internal static class StatementMatching
{
    public static bool Matches(EvaluationRun run, Statement statement)
    {
        if (!MatchesAction(run, statement.Action) || !MatchesResource(run, statement.Resource))
        {
            return false;
        }

        foreach (Condition condition in statement.Conditions)
        {
            if (!ConditionEvaluation.Matches(run, condition))
            {
                return false;
            }
        }

        return statement.Effect == Effect.Allow || !IsVoid(run, statement);
    }

    private static bool MatchesAction(EvaluationRun run, ActionClause clause)
    {
        foreach (PolicyPattern pattern in clause.Patterns)
        {
            if (Glob.Matches(ExpandedPattern.Of(pattern.Text), run.Request.Action.AsSpan(), foldCase: true) && CanMatch(pattern.Text))
            {
                return !clause.IsNot;
            }
        }

        // An empty list gives the statement no effect, whichever way round it stands.
        return clause.IsNot && !clause.Patterns.IsEmpty;
    }

    /// <summary>
    /// False for a pattern with a character that no action has. It may fit all the same: folding case makes a k of U+212A, and a caller of the
    /// library may ask about any action.
    /// </summary>
    private static bool CanMatch(string pattern)
    {
        foreach (char c in pattern)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= ':') or '*' or '?' or '-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesResource(EvaluationRun run, ResourceClause? clause)
    {
        if (clause is null)
        {
            // A trust policy: its resource is the role.
            return true;
        }

        foreach (PolicyPattern pattern in clause.Patterns)
        {
            if (ResourcePattern.Of(pattern).Matches(run, pattern, run.Request.Resource) == true)
            {
                return !clause.IsNot;
            }
        }

        return clause.IsNot && !clause.Patterns.IsEmpty;
    }

    /// <summary>
    /// Whether a Deny that would fire is invalid for an unresolved variable, as a note of the IAM User Guide may be read. Asked last,
    /// so that the point counts as met only where it decides.
    /// </summary>
    private static bool IsVoid(EvaluationRun run, Statement statement)
    {
        bool unresolved = false;
        if (statement.Resource is { IsNot: true } clause)
        {
            foreach (PolicyPattern pattern in clause.Patterns)
            {
                unresolved |= pattern.HasVariables && !ExpandedPattern.Resolves(run, pattern);
            }
        }

        foreach (Condition condition in statement.Conditions)
        {
            unresolved |= ConditionEvaluation.NegatesUnresolved(run, condition);
        }

        return unresolved && run.Takes(Reading.UnresolvedVariableVoidsDeny);
    }
}
