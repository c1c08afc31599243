using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>Whether a statement speaks of a request: its action, resource and conditions. Who asks is decided before.</summary>
internal static class StatementMatching
{
    public static bool Matches(EvaluationRun run, Statement statement)
    {
        PreparedStatement prepared = PreparedStatement.Of(statement);
        if (!MatchesAction(run, statement.Action, prepared) || !MatchesResource(run, statement.Resource))
        {
            return false;
        }

        ImmutableArray<Condition> conditions = statement.Conditions;
        for (int i = 0; i < conditions.Length; i++)
        {
            if (!ConditionEvaluation.Matches(run, conditions[i], prepared.Keys[i]))
            {
                return false;
            }
        }

        return statement.Effect == Effect.Allow || !IsVoid(run, statement);
    }

    private static bool MatchesAction(EvaluationRun run, ActionClause clause, PreparedStatement prepared)
    {
        if (!prepared.MayName(run.ActionBeginning))
        {
            return clause.IsNot && !clause.Patterns.IsEmpty;
        }

        ReadOnlySpan<char> action = run.Request.Action.AsSpan();
        char first = action.IsEmpty ? '\0' : CaseFold.Of(action[0]);
        foreach (PolicyPattern pattern in clause.Patterns)
        {
            string text = pattern.Text;
            if (text.Length > 0 && text[0] is not ('*' or '?') && CaseFold.Of(text[0]) != first)
            {
                // Of another service, as most are.
                continue;
            }

            if (Glob.Matches(ExpandedPattern.Of(text), action, foldCase: true) && !(prepared.NamesOddActions && !PreparedStatement.CanMatch(text)))
            {
                return !clause.IsNot;
            }
        }

        // An empty list gives the statement no effect, whichever way round it stands.
        return clause.IsNot && !clause.Patterns.IsEmpty;
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
