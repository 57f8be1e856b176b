const host = `127.0.0.1:${process.env.PORT || 8080}`
const { token } = await (await fetch(`http://${host}/api/v2/dev/token?user=ada`)).json()
const answers = ['december 1980', 'the 14th', 'no, the 15th', 'yes']
const socket = new WebSocket(`ws://${host}/v1/ws`, 'parley.v1.json')
const send = (t, d) => socket.send(JSON.stringify({ t, d }))
socket.onopen = () => [send('hello', { token }), send('conv.open', { template: 'date-of-birth' })]
socket.onmessage = ({ data }) => {
  const { t, d } = JSON.parse(data)
  console.log(t, d.body ?? d.values ?? d.state ?? '')
  if (d.prompt) send('msg.send', { mid: crypto.randomUUID(), kind: 'text', body: answers.shift() })
  if (d.state === 'closed') socket.close()
}
