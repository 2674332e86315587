"""Pages that differ in how the article stands in them, and in what stands around it."""

from __future__ import annotations

from datetime import date

from tests.reading.parts import (
    OUTLET,
    PUBLISHED,
    SITE,
    Page,
    comments,
    esc,
    footer,
    header,
    json_ld,
    layout,
    nav,
    p,
    page,
    related,
    sidebar,
    story,
)
from tests.reading.prose import Prose


@layout
def line_breaks(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    text = "<br><br>\n".join(esc(line) for line in lines)
    head = f'<meta property="og:site_name" content="{OUTLET}"><meta name="date" content="2017-10-18">'
    content = (
        f'{header()}<div class="content"><h1>{esc(title)}</h1><div class="byline">By ADA BYRON, Political editor</div>'
        f'<div class="story-text">{text}</div></div>{footer()}'
    )
    return Page(
        name="line_breaks",
        html=page(head, content, title=f"{title} | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def preformatted(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(6)
    head = '<meta name="author" content="Norland Press Agency"><meta name="date" content="2017-10-18 14:05:00 +0000">'
    content = f"{header()}<h1>{esc(title)}</h1><pre>{esc((chr(10) * 2).join(lines))}</pre>{footer()}"
    return Page(
        name="preformatted",
        html=page(head + f'<meta property="og:site_name" content="{OUTLET}">', content, title=title),
        paragraphs=lines,
        title=title,
        agency="Norland Press Agency",
        published=PUBLISHED,
    )


@layout
def tables_for_layout(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    text = "".join(f"<P><FONT FACE=Arial SIZE=2>{esc(line)}</FONT>\n" for line in lines)
    menu = "".join(f"<TR><TD><A HREF=/{i}.html>Section {i}</A></TD></TR>" for i in range(8))
    source = (
        f"<HTML><HEAD><TITLE>{OUTLET} - {esc(title)}</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=100%><TR><TD VALIGN=top WIDTH=120>"
        f"<TABLE>{menu}</TABLE></TD><TD VALIGN=top><H1>{esc(title)}</H1><P><I>By Ada Byron</I></P><P><SMALL>October 18, 2017</SMALL></P>"
        f"{text}</TD></TR></TABLE><HR><CENTER><SMALL>Copyright 2017 {OUTLET}. All rights reserved.</SMALL></CENTER></BODY></HTML>"
    )
    return Page(
        name="tables_for_layout",
        html=source,
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def live_blog(prose: Prose) -> Page:
    title = prose.headline()
    posts, lines, updates = "", [], []
    for hour in range(14, 6, -1):
        head, text = prose.headline(), prose.paragraphs(2)
        lines += [head, *text]
        updates.append({"@type": "BlogPosting", "headline": head, "articleBody": "\n\n".join(text)})
        posts += f'<div class="live-post" id="post-{hour}"><time>{hour}:05</time><h2>{esc(head)}</h2>{p(text)}</div>'
    data = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": title,
        "author": ["Ada Byron", "Tom Lee"],
        "publisher": {"@type": "Organization", "name": OUTLET},
        "datePublished": "2017-10-18T14:05:00Z",
        "liveBlogUpdate": updates,
    }
    content = f'{header()}<main><h1>{esc(title)}</h1><div class="live-blog">{posts}</div></main>{footer()}'
    return Page(
        name="live_blog",
        html=page(json_ld(data), content, title=f"{title} – live | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron", "Tom Lee"],
        published=PUBLISHED,
    )


@layout
def accelerated(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    head = (
        f'<script async src="https://cdn.example/v0.js"></script><link rel="canonical" href="{SITE}/news/story-17">'
        + json_ld([story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00.000Z")])
    )
    ad = '<amp-ad width="300" height="250" type="x"><div placeholder>Advertisement</div></amp-ad>'
    content = (
        f'<amp-sidebar id="menu" layout="nodisplay">{nav()}</amp-sidebar><article><h1>{esc(title)}</h1><amp-img src="/a.jpg" width="1" height="1"></amp-img>'
        f"{p(lines[:3])}{ad}{p(lines[3:])}</article>{footer()}"
    )
    return Page(
        name="accelerated",
        html=page(head, content, title=title, attributes=" amp"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
        canonical_url=f"{SITE}/news/story-17",
        url=f"{SITE}/amp/news/story-17",
    )


@layout
def headings_and_lists(prose: Prose) -> Page:
    title = prose.headline()
    a, b, c = prose.paragraphs(3), prose.paragraphs(3), prose.paragraphs(2)
    items, steps = [prose.sentence() for _ in range(4)], [prose.sentence() for _ in range(3)]
    lines = [*a, "What we know so far", *items, *b, "What happens next", *steps, *c]
    listed = "".join(f"<li>{esc(item)}</li>" for item in items)
    ordered = "".join(f"<li>{esc(item)}</li>" for item in steps)
    content = (
        f'{header()}<article class="article"><h1>{esc(title)}</h1><div class="article-body">{p(a)}<h2>What we know so far</h2><ul>{listed}</ul>'
        f"{p(b)}<h2>What happens next</h2><ol>{ordered}</ol>{p(c)}</div></article>{sidebar(prose)}{footer()}"
    )
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18"))
    return Page(
        name="headings_and_lists",
        html=page(head, content, title=f"{title} | {OUTLET}"),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def quotations(prose: Prose) -> Page:
    title = prose.headline()
    a, b, c = prose.paragraphs(3), prose.paragraphs(2), prose.paragraphs(3)
    lines = [*a, *b, *c]
    content = f"{header()}<article><h1>{esc(title)}</h1>{p(a)}<blockquote>{p(b)}</blockquote>{p(c)}</article>{footer()}"
    head = json_ld(story(title, author=["Ada Byron"], datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="quotations",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def table_of_figures(prose: Prose) -> Page:
    title = prose.headline()
    a, b = prose.paragraphs(5), prose.paragraphs(4)
    rows = [
        ("Town", "Wells", "Sealed"),
        ("Ardley", "412", "87"),
        ("Brookfen", "95", "12"),
        ("Saltmere", "230", "199"),
    ]
    table = "".join(
        "<tr>"
        + "".join(f"<{'th' if i == 0 else 'td'}>{cell}</{'th' if i == 0 else 'td'}>" for cell in row)
        + "</tr>"
        for i, row in enumerate(rows)
    )
    content = (
        f"{header()}<article><h1>{esc(title)}</h1>{p(a)}<table>{table}</table>{p(b)}</article>{footer()}"
    )
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="table_of_figures",
        html=page(head, content, title=title),
        paragraphs=[*a, *(" | ".join(row) for row in rows), *b],
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def captions(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(9)
    figure = '<figure><img src="/a.jpg" alt="A well"><figcaption>A well near Ardley. Photo: Ines Marrow/Norland Press Agency</figcaption></figure>'
    old = '<div class="wp-caption"><img src="/b.jpg"><p class="wp-caption-text">Ryan Holt speaks in Brookfen last year. (File photo)</p></div>'
    content = (
        f"{header()}<article><h1>{esc(title)}</h1>{figure}<p class='author-name'>Ada Byron</p>{p(lines[:3])}{old}{p(lines[3:6])}{figure}{p(lines[6:])}"
        f"<p>Photo: Ines Marrow/Norland Press Agency</p></article>{footer()}"
    )
    head = f'<meta property="og:site_name" content="{OUTLET}"><meta property="og:title" content="{esc(title)}"><meta property="article:published_time" content="2017-10-18T14:05:00Z">'
    return Page(
        name="captions",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def boxes_between(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(10)
    letter = '<div class="newsletter-signup"><h4>Get our newsletter</h4><p>Sign up for our morning briefing, free in your inbox.</p><form><input type="email"><button>Sign up</button></form></div>'
    more = f"<p><strong>Read more: {esc(prose.headline())}</strong></p>"
    ad = '<div class="ad-slot"><span>Advertisement</span></div><p>Advertisement</p>'
    content = (
        f"{header()}<article><h1>{esc(title)}</h1><div class='byline'>By Ada Byron</div><div class='body'>{p(lines[:3])}{letter}{p(lines[3:5])}{more}{p(lines[5:8])}{ad}{p(lines[8:])}"
        f"<p>Follow Ada Byron on Twitter: @adabyron</p><p>Sign up for our daily newsletter to get the news in your inbox.</p></div></article>{related(prose)}{footer()}"
    )
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="boxes_between",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def many_comments(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs(6)
    content = (
        f'{header()}<div class="post"><h1 class="post-title">{esc(title)}</h1><p class="meta">Posted by Ada Byron on October 18, 2017</p>'
        f'<div class="post-body entry-content">{p(lines)}</div></div>{comments(prose, 25)}{footer()}'
    )
    head = f'<meta property="og:site_name" content="{OUTLET}"><meta name="author" content="Ada Byron"><meta name="pubdate" content="2017-10-18">'
    return Page(
        name="many_comments",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def unclosed(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    text = "".join(
        f"<p>{esc(line)}<div>" if i % 4 == 0 else f"<p><b></p>{esc(line)}</i>" for i, line in enumerate(lines)
    )
    source = (
        f"<title>{esc(title)}</title><meta property=og:site_name content='{OUTLET}'><meta name=author content='Ada Byron'>"
        f"<meta name=date content=2017-10-18><body><ul><li><a href=/>Home<li><a href=/n>News</ul><div class=article-body><h1>{esc(title)}</h2>{text}"
    )
    return Page(
        name="unclosed",
        html=source,
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=date(2017, 10, 18),
    )


@layout
def links_and_drop_caps(prose: Prose) -> Page:
    title, lines = prose.headline(), prose.paragraphs()
    marked = []
    for i, line in enumerate(lines):
        words = esc(line).split(" ")
        if i == 0:
            words[0] = f'<span class="dropcap">{words[0][0]}</span>{words[0][1:]}'
        words[len(words) // 2] = f'<a href="/topic/{i}">{words[len(words) // 2]}</a>'
        words[-1] = f"<em>{words[-1]}</em>"
        marked.append("<p>" + " ".join(words) + "</p>")
    content = f"{header()}<article><h1>{esc(title)}</h1>{''.join(marked)}</article>{footer()}"
    head = json_ld(story(title, author="Ada Byron", datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="links_and_drop_caps",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def interview(prose: Prose) -> Page:
    title, intro = prose.headline(), prose.paragraph()
    lines, text = [intro], p([intro])
    for _ in range(6):
        question, answer = (
            f"What do you say to those who fear for their {prose.draw.choice(['wells', 'farms'])}?",
            prose.paragraph(),
        )
        lines += [question, answer]
        text += f"<p><strong>{esc(question)}</strong></p><p>{esc(answer)}</p>"
    content = f"{header()}<article><h1>{esc(title)}</h1>{text}</article>{footer()}"
    head = json_ld(
        story(title, author={"@type": "Person", "name": ["Ada Byron"]}, datePublished="2017-10-18T14:05:00Z")
    )
    return Page(
        name="interview",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        bylines=["Ada Byron"],
        published=PUBLISHED,
    )


@layout
def news_flash(prose: Prose) -> Page:
    title, lines = prose.headline(), [prose.sentence() + " " + prose.sentence()]
    content = f'{header()}<article><h1>{esc(title)}</h1><div class="text">{p(lines)}</div></article>{related(prose, 8)}{footer()}'
    head = json_ld(story(title, datePublished="2017-10-18T14:05:00Z"))
    return Page(
        name="news_flash",
        html=page(head, content, title=title),
        paragraphs=lines,
        title=title,
        published=PUBLISHED,
    )
