using System.Globalization;

namespace ProvableSec.Logs.Proofs;

/// <summary>Looks for a record that shows something, case after case, and keeps in mind what a search without result leaves open.</summary>
internal sealed class WitnessSearch(CaseAnalysis analysis)
{
    /// <summary>The record, once there is one.</summary>
    public string? Witness { get; private set; }

    /// <summary>What the record shows.</summary>
    public string? Shows { get; private set; }

    /// <summary>Why finding nothing proves nothing; null when it does.</summary>
    public string? Doubt { get; private set; }

    /// <summary>Looks for a record of which all formulas are true.</summary>
    /// <param name="formulas">The formulas.</param>
    /// <param name="requestIds">How many request ids to try: which records of a sample are kept depends on their ids alone.</param>
    /// <param name="confirm">Tells what a record shows when it is put through the filter; null for nothing.</param>
    /// <param name="matched">What rules are to have matched; null for nothing.</param>
    /// <returns>Whether there is a <see cref="Witness"/>.</returns>
    public bool Find(IEnumerable<RecordFormula> formulas, int requestIds, Func<string, string?> confirm, string? matched = null)
    {
        if (analysis.Find(formulas) is not { } model)
        {
            Doubt ??= analysis.Doubt;
            return false;
        }

        for (int i = 0; i < requestIds; i++)
        {
            if (WitnessRecord.Write(model, string.Create(CultureInfo.InvariantCulture, $"1-{i:x8}"), matched) is not { } record)
            {
                Doubt ??= "no record of the size that the rules ask for was found";
                return false;
            }

            if (confirm(record) is { } shows)
            {
                (Witness, Shows) = (record, shows);
                return true;
            }
        }

        Doubt ??= "the filter did not confirm the record that was found";
        return false;
    }
}
