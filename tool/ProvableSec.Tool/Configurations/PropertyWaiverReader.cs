using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the waivers of a property.</summary>
internal static class PropertyWaiverReader
{
    private static readonly string[] Members = ["stack", "reason", "owner", "until"];

    /// <summary>Reads the member <c>waivers</c>.</summary>
    public static ImmutableArray<PropertyWaiver> Read(JsonItem value, ConfigurationFile file, ConfigurationProblems problems)
    {
        if (value.Kind != JsonKind.Array)
        {
            problems.Collected.WrongType(value, "waivers", "an array of objects with reason and until");
        }

        var waivers = ImmutableArray.CreateBuilder<PropertyWaiver>();
        foreach (JsonItem element in value.Elements())
        {
            if (element.Kind != JsonKind.Object)
            {
                problems.Collected.WrongType(element, "a waiver", "an object with reason and until");
                continue;
            }

            string? stack = null, reason = null;
            string owner = "";
            DateTime? until = null;
            foreach (JsonMember member in element.Properties())
            {
                switch (member.Name)
                {
                    case "stack":
                        stack = problems.Collected.ExpectString(member.Value, "stack");
                        break;
                    case "reason":
                        reason = problems.Collected.ExpectString(member.Value, "reason");
                        if (reason is not null && reason.Trim().Length == 0)
                        {
                            problems.Add(member.Value, ProblemCode.InvalidValue, "the reason of a waiver is empty; say why the violation is accepted");
                        }

                        break;
                    case "owner":
                        owner = problems.Collected.ExpectString(member.Value, "owner") ?? "";
                        break;
                    case "until":
                        until = Day(member.Value, problems);
                        break;
                    default:
                        problems.Unknown(member, "a waiver", Members);
                        break;
                }
            }

            foreach (string missing in (string[])["reason", "until"])
            {
                if (!element.TryGetProperty(missing, out _))
                {
                    problems.Add(element, ProblemCode.MissingElement, $"this waiver has no {missing}");
                }
            }

            if (reason is not null && until is { } day)
            {
                waivers.Add(new PropertyWaiver(stack, reason, owner, day, file.PositionOf(element)));
            }
        }

        return waivers.ToImmutable();
    }

    private static DateTime? Day(JsonItem value, ConfigurationProblems problems)
    {
        if (problems.Collected.ExpectString(value, "until") is not { } text)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day))
        {
            return day;
        }

        problems.Add(value, ProblemCode.InvalidValue, $"\"{text}\" is not a day; expected for example 2027-01-31");
        return null;
    }
}
