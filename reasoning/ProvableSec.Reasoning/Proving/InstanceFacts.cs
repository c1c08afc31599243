using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// What is asserted of one <see cref="Instance"/>, under a guard of its own: the caller's account and partition, the values of policy variables, and what
/// comparisons with these mean then.
/// </summary>
internal sealed class InstanceFacts(Query query, RequestFormulas formulas, FormulaSolver solver, CallerTranslator callers, ConditionTranslator conditions,
    WorldFacts world)
{
    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>Asserts an instance.</summary>
    public void Assert(Instance instance, Guard guard)
    {
        if (instance.Account is { } account && (formulas.SpeaksOfCaller || query.Subject.Stack is not null))
        {
            Formula outsider = !callers.HasAccount;
            solver.Assert(graph.Or(outsider, graph.And(callers.InAccount(account), callers.InPartition(instance.Partition))), guard);
            world.SpeakOf(account, instance.Partition);
        }

        if (instance.IsPlain)
        {
            solver.Assert(formulas.Exists(formulas.Resource, ArnSets.StarOrPlain), guard);
        }

        if (instance is { Account: null, Partition.Length: > 0 } && query.World == World.Aws)
        {
            AssertIn(instance.Partition, guard);
        }

        foreach (KeyValuePair<string, string?> variable in instance.Variables)
        {
            solver.Assert(Takes(variable.Key, variable.Value), guard);
        }

        foreach (VariableMatch match in conditions.VariableMatches)
        {
            Formula meaning = PatternCompiler.Resolve(match.Pattern, key => instance.Variables.TryGetValue(key, out string? value) ? value : null) is { } parts
                ? formulas.Exists(match.Compared, PatternCompiler.CompileResolved(parts, match.Mode))
                : Formula.False;
            Same(match.Formula, meaning, guard);
        }

        foreach (VariableMiss miss in conditions.VariableMisses)
        {
            Same(miss.Formula, Meaning(miss, instance), guard);
        }
    }

    /// <summary>Asserts the partition that everybody knows, and nothing else.</summary>
    public void AssertPlain(Guard guard) => AssertIn("aws", guard);

    /// <summary>That one of some variables does not take the value that it has in an instance.</summary>
    public Formula Differs(Instance instance) => graph.Or([.. instance.Variables.Select(v => !Takes(v.Key, v.Value))]);

    /// <summary>The keys that policy variables name.</summary>
    public List<string> VariableKeys()
    {
        var keys = new List<string>();
        foreach (VariableMatch match in conditions.VariableMatches)
        {
            foreach (PatternPart part in match.Pattern.Parts)
            {
                if (part.Kind == PatternPartKind.Variable && !keys.Contains(part.Text.ToLowerInvariant()))
                {
                    keys.Add(part.Text.ToLowerInvariant());
                }
            }
        }

        return keys;
    }

    /// <summary>The keys that policy variables name where a value that has to be an ARN is compared with the variable alone.</summary>
    public HashSet<string> ArnVariables() => new(
        conditions.VariableMatches
            .Where(m => m.Pattern.Parts.Length == 1
                && ServiceData.ServiceCatalogue.Default.FindKeyType(m.Compared.Name)?.Type == ServiceData.ConditionKeyType.Arn)
            .Select(m => m.Pattern.Parts[0].Text.ToLowerInvariant()),
        StringComparer.Ordinal);

    private void AssertIn(string partition, Guard guard)
    {
        solver.Assert(formulas.Exists(formulas.Resource, ArnSets.StarOrIn(partition)), guard);
        if (formulas.SpeaksOfCaller)
        {
            solver.Assert(graph.Or(!callers.HasAccount, callers.BeginsIn(partition)), guard);
        }
    }

    /// <summary>What a comparison of several values means where the variables are resolved; those that are not match nothing.</summary>
    private Formula Meaning(VariableMiss miss, Instance instance)
    {
        var resolved = new List<ImmutableArray<PatternPart>>();
        foreach (PolicyPattern value in miss.Values)
        {
            if (PatternCompiler.Resolve(value, key => instance.Variables.TryGetValue(key, out string? text) ? text : null) is { } parts)
            {
                resolved.Add(parts);
            }
        }

        return formulas.Misses(miss.Key, PatternCompiler.CompileResolved(resolved, miss.Mode));
    }

    private void Same(Formula one, Formula other, Guard guard)
    {
        solver.Assert(graph.Or(!one, other), guard);
        solver.Assert(graph.Or(one, !other), guard);
    }

    private Formula Takes(string key, string? value)
    {
        RequestVariable variable = formulas.Key(key);
        return value is null ? !formulas.Present(variable) : formulas.Exists(variable, TextSet.Of(value));
    }
}
