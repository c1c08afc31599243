using System.Text.RegularExpressions;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Escalation;

namespace ProvableSec.Tool.Tests.Escalation;

/// <summary>The page of <c>ask escalation</c>, as a browser has it.</summary>
public sealed class EscalationPageTests : IDisposable
{
    private const string Account = "arn:aws:iam::111122223333:";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_browser_runs_the_script_of_the_page_and_complains_of_nothing()
    {
        string dom = Browser.Dom(folder.Write("page.html", EscalationPage.Of(Graph())), out string messages);
        Assert.Equal("", messages);
        Assert.Contains("data-ready=\"true\"", dom, StringComparison.Ordinal);
        Assert.Matches("viewBox=\"[-0-9.]+ [-0-9.]+ [0-9.]+ [0-9.]+\"", dom);
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(dom, "<script>"));
    }

    [Fact]
    public void The_page_is_one_file_whose_policy_lets_nothing_in()
    {
        string html = EscalationPage.Of(Graph());
        Assert.Matches("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]{44}'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'\">", html);
        Assert.DoesNotMatch("(src|href)=\"(?!data:,|#)", html);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Everybody_who_becomes_an_administrator_has_a_section_with_the_shortest_path()
    {
        string html = EscalationPage.Of(Graph());
        string[] sections = [.. Regex.Matches(html, "<section class=\"who\" id=\"(p[0-9]+)\".*?</section>", RegexOptions.Singleline)
            .Select(match => match.Value)];
        Assert.Equal(3, sections.Length);
        Assert.Contains($"<h3><code>{Account}user/ann</code> <span class=\"bad\">2 steps</span></h3>", sections[0], StringComparison.Ordinal);
        Assert.Contains($"<li><code>sts:AssumeRole</code> → <a href=\"#p2\"><code>{Account}role/deploy</code></a></li>\n<li><code>iam:PutRolePolicy on itself</code> → <code>administrator</code></li>", sections[0], StringComparison.Ordinal);
        Assert.Contains("1 other step", sections[0], StringComparison.Ordinal);
        // A box leads to its section.
        Assert.Contains("<a href=\"#p1\"><title>" + Account + "user/ann</title>", html, StringComparison.Ordinal);
        Assert.Contains("lambda:UpdateFunctionCode", html, StringComparison.Ordinal);
        Assert.Contains("no policy is known", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_leaves_what_it_finds_and_keys_zoom()
    {
        string page = EscalationPage.Of(Graph());
        string policy = Regex.Match(page, "<meta http-equiv=\"Content-Security-Policy\"[^>]*>").Value;
        string dom = Browser.Dom(folder.Write("page.html", page.Replace(policy, "", StringComparison.Ordinal).Replace("</body>", """
            <script>
              const picture = document.getElementById('picture'), search = document.getElementById('search');
              const seen = () => picture.querySelector('svg').getAttribute('viewBox').split(' ')[2];
              const before = seen();
              picture.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
              document.body.dataset.zoomed = Number(seen()) < Number(before);
              document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
              document.body.dataset.focused = document.activeElement.id;
              search.value = 'ANN';
              search.dispatchEvent(new Event('input'));
              document.body.dataset.shown = [...document.querySelectorAll('.who')].filter(one => !one.hidden).map(one => one.dataset.name).join(' ');
              document.body.dataset.count = document.getElementById('count').textContent;
              document.body.dataset.path = [...document.querySelectorAll('.box.on text')].map(one => one.textContent).sort().join(', ');
            </script></body>
            """, StringComparison.Ordinal)), out string messages);
        Assert.Equal("", messages);
        Assert.Contains("data-zoomed=\"true\"", dom, StringComparison.Ordinal);
        Assert.Contains("data-focused=\"search\"", dom, StringComparison.Ordinal);
        Assert.Contains($"data-shown=\"{Account}user/ann\"", dom, StringComparison.Ordinal);
        Assert.Contains("data-count=\"1 of 5\"", dom, StringComparison.Ordinal);
        Assert.Contains("data-path=\"administrator, role/deploy, user/ann\"", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_becomes_one_there_is_neither_diagram_nor_script()
    {
        string html = EscalationPage.Of(new EscalationGraph([Account + "user/ann"], [], [], [], []));
        Assert.Contains("0 of 1 user or role can become administrators", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static EscalationGraph Graph() => new(
        [Account + "user/ann", Account + "role/deploy", Account + "role/<b>bold</b><img src=x>", Account + "user/dev", Account + "user/lost"], [],
        [
            new(Account + "user/ann", Account + "role/deploy", "sts:AssumeRole", []),
                new(Account + "user/ann", Account + "user/dev", "iam:CreateAccessKey", []),
            new(Account + "role/deploy", EscalationGraph.Administrator, "iam:PutRolePolicy on itself", []),
            new(Account + "role/<b>bold</b><img src=x>", EscalationGraph.Administrator, "iam:AttachRolePolicy on itself", []),
        ],
        [new(Account + "user/dev", "", "lambda:UpdateFunctionCode", [])],
        [(Account + "user/lost", "no policy is known")]);
}
