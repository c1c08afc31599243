namespace ProvableSec.Tool.Escalation;

/// <summary>A box of a diagram: users and roles of which the diagram has nothing different to say.</summary>
/// <param name="Members">Their ARNs, or <see cref="Rules.Escalation.EscalationGraph.Administrator"/>, in order.</param>
/// <param name="Distance">How many steps they are from the top; 0 for those at it.</param>
/// <param name="ShowsAccount">Whether their account is a part of the label, because there are several.</param>
internal sealed record EscalationBox(IReadOnlyList<string> Members, int Distance, bool ShowsAccount)
{
    /// <summary>What stands in it: the name is what is cut where there is no room.</summary>
    public string Label
    {
        get
        {
            string more = Members.Count > 1 ? $" and {Members.Count - 1} more"
                : ShowsAccount && EscalationName.AccountOf(Members[0]) is { Length: > 0 } account ? $" ({account})" : "";
            return EscalationName.Short(EscalationName.Of(Members[0]), EscalationName.MostLetters - more.Length) + more;
        }
    }

    /// <summary>All that it stands for.</summary>
    public string Title => string.Join("\n", Members);
}
